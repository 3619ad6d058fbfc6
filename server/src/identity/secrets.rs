//! The one secret of a server, and the keys that come out of it.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use carnival_domain::hex;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::random;

/// The environment variable that stands in for the file, where files are not kept.
pub const SECRET_VARIABLE: &str = "CARNIVAL_SECRET";
const FILE: &str = "secrets.toml";

/// Keys for cookies, share links and receipts. Who has them can forge all three.
#[derive(Clone)]
pub struct Secrets {
    root: [u8; 32],
}

impl Secrets {
    /// Keys that follow from this secret.
    pub fn from_root(root: [u8; 32]) -> Self {
        Self { root }
    }

    /// The secret of the environment, or of the data directory, where it is made at the first start.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub fn load(data_dir: &Path) -> Result<Self, String> {
        if let Ok(text) = std::env::var(SECRET_VARIABLE) {
            let root = hex::decode(text.trim()).ok_or_else(|| {
                format!("{SECRET_VARIABLE} must be 64 digits of lower-case hex, such as `openssl rand -hex 32` prints.")
            })?;
            return Ok(Self { root });
        }
        let path = data_dir.join(FILE);
        let shown = path.display();
        match fs::read_to_string(&path) {
            Ok(text) => {
                let secret = text.lines().find_map(|line| line.strip_prefix("secret = \"")?.strip_suffix('"'));
                let root = secret.and_then(hex::decode).ok_or_else(|| {
                    format!("{shown} must have a line `secret = \"…\"` with 64 digits of hex; bring it back from a backup, for without it all cookies and links are void.")
                })?;
                Ok(Self { root })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let root = random::bytes();
                write(&path, &root).map_err(|error| format!("The secret {shown} can't be written: {error}."))?;
                Ok(Self { root })
            }
            Err(error) => Err(format!("The secret {shown} can't be read: {error}.")),
        }
    }

    /// The key of guests' cookies.
    pub fn guest_key(&self) -> [u8; 32] {
        self.derive("carnival/key/guest/v1")
    }

    /// The key of what stands for a platform's ids. If it changes, everybody who signed in is new.
    pub fn subject_key(&self) -> [u8; 32] {
        self.derive("carnival/key/subject/v1")
    }

    /// The key of what browsers keep while they sign in.
    pub fn sign_in_key(&self) -> [u8; 32] {
        self.derive("carnival/key/sign-in/v1")
    }

    /// The operator's key, where the environment has none.
    pub fn operator_key(&self) -> [u8; 32] {
        self.derive("carnival/key/operator/v1")
    }

    /// The key of winners' addresses, where the environment has none.
    pub fn delivery_key(&self) -> [u8; 32] {
        self.derive("carnival/key/delivery/v1")
    }

    /// The key of share links.
    pub fn share_key(&self) -> [u8; 32] {
        self.derive("carnival/key/share/v1")
    }

    /// The key of receipts.
    pub fn receipt_key(&self) -> ReceiptKey {
        ReceiptKey(SigningKey::from_bytes(&self.derive("carnival/key/receipt/v1")))
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.root).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// Signs receipts of entries, Ed25519.
#[derive(Clone)]
pub struct ReceiptKey(SigningKey);

impl ReceiptKey {
    /// A signature in hex.
    pub fn sign(&self, message: &[u8]) -> String {
        hex::encode(&self.0.sign(message).to_bytes())
    }

    /// What receipts are checked with, hex.
    pub fn public(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }
}

/// Readable by nobody else from its first byte on.
fn write(path: &Path, root: &[u8; 32]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(
        file,
        "# Signs the cookies of participants, share links and receipts. Keep it secret, and in the backup.\nsecret = \"{}\"",
        hex::encode(root)
    )?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_is_nobody_elses_to_read() {
        let dir = tempfile::tempdir().expect("a directory");
        let first = Secrets::load(dir.path()).expect("a new secret");
        let again = Secrets::load(dir.path()).expect("the same secret");
        assert_eq!(first.guest_key(), again.guest_key());
        assert_ne!(first.guest_key(), first.share_key());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = fs::metadata(dir.path().join(FILE)).expect("the file");
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_broken_secret_is_not_silently_replaced() {
        let dir = tempfile::tempdir().expect("a directory");
        fs::write(dir.path().join(FILE), "secret = \"abc\"\n").expect("a file");
        assert!(Secrets::load(dir.path()).is_err());
    }
}
