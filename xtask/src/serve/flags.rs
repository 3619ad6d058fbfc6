//! Which of the typed flags are ours and which are for `carnival serve`.

/// Our flags that take a value; `--mock` takes none. Keep in step with [`super::Args`].
const WITH_VALUE: [&str; 5] = ["--port", "--host", "--data-dir", "--campaign", "--demo-crowd"];

/// Moves our own flags before the server's, in whatever order they were typed: clap hands everything after the first
/// flag it does not know on to the server.
pub(crate) fn own_flags_first(arguments: Vec<String>) -> Vec<String> {
    if arguments.get(1).map(String::as_str) != Some("serve") {
        return arguments;
    }
    let mut arguments = arguments.into_iter();
    let mut own: Vec<String> = arguments.by_ref().take(2).collect();
    let mut others = Vec::new();
    while let Some(argument) = arguments.next() {
        let name = argument.split('=').next().unwrap_or_default();
        if WITH_VALUE.contains(&argument.as_str()) {
            own.push(argument);
            own.extend(arguments.next());
        } else if WITH_VALUE.contains(&name) || ["--mock", "--help", "-h"].contains(&name) {
            own.push(argument);
        } else {
            others.push(argument);
        }
    }
    own.extend(others);
    own
}

#[cfg(test)]
mod tests {
    use super::own_flags_first;

    fn sorted(line: &str) -> String {
        own_flags_first(line.split(' ').map(String::from).collect()).join(" ")
    }

    #[test]
    fn flags_of_ours_are_found_between_the_servers() {
        assert_eq!(
            sorted("xtask serve --store pg://x --port 9000 --rehearse --mock --host=::1"),
            "xtask serve --port 9000 --mock --host=::1 --store pg://x --rehearse"
        );
    }

    #[test]
    fn other_commands_keep_their_order() {
        assert_eq!(sorted("xtask test --only rust --port 1"), "xtask test --only rust --port 1");
    }
}
