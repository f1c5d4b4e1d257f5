package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents say about commands, experiments and versions holds. */
class DocumentationTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```[a-z]*\\R(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("^\\s*(?:[A-Z_]+=\\S* )*(?:\\$ )?(?:scripts/)?bpfree\\s+(.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|([^\\s'\"]+)");

    @ParameterizedTest
    @MethodSource("commandsOfTheReadme")
    void aCommandOfTheReadmeIsUnderstood(String line) {
        CommandLine bpfree = Main.commandLine();

        CommandLine.ParseResult parsed = bpfree.parseArgs(words(line).toArray(String[]::new));

        assertThat(parsed.hasSubcommand()
                        || parsed.hasMatchedOption("--licenses")
                        || parsed.isUsageHelpRequested()
                        || parsed.isVersionHelpRequested())
                .as(line)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("commandsOfTheReadme")
    void anExperimentNamedInTheReadmeExists(String line) {
        List<String> shipped =
                words(line).stream().filter(word -> word.startsWith("configs/")).toList();

        assertThat(shipped).as(line).allMatch(word -> Files.exists(Path.of(word)));
    }

    @Test
    void aScriptOfTheReadmeIsThereAndKnowsItsOptions() throws IOException {
        List<List<String>> calls = fencedLines()
                .filter(line -> line.matches("scripts/[a-z-]+\\.(sh|py)\\b.*"))
                .map(DocumentationTest::words)
                .toList();

        assertThat(calls).isNotEmpty();
        for (List<String> call : calls) {
            Path script = Path.of(call.get(0));
            assertThat(Files.isExecutable(script)).as(script.toString()).isTrue();
            assertThat(Files.readString(script))
                    .as(script.toString())
                    .contains(
                            call.stream().filter(word -> word.startsWith("--")).toList());
            assertThat(call.stream().filter(word -> word.startsWith("configs/")).map(Path::of))
                    .allMatch(Files::exists);
        }
    }

    private static Stream<String> fencedLines() throws IOException {
        assertThat(README).as("the README, at the top of the project").exists();
        return FENCED.matcher(Files.readString(README))
                .results()
                .flatMap(block -> block.group(1).replace("\\\n", " ").lines());
    }

    static List<String> commandsOfTheReadme() throws IOException {
        List<String> commands = fencedLines()
                .map(COMMAND::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        assertThat(commands).as("commands in fenced blocks of the README").isNotEmpty();
        return commands;
    }

    @ParameterizedTest
    @ValueSource(strings = {"train --config x --sett a=b", "trian --config x", "train --threads many"})
    void aWrongCommandIsNotUnderstood(String line) {
        // Negative control.
        assertThatThrownBy(() -> Main.commandLine().parseArgs(words(line).toArray(String[]::new)))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    /** The words of a command as a shell would split them, up to a comment, pipe or redirection. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(line).results().toList()) {
            String text = Stream.of(1, 2, 4)
                    .map(word::group)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (text == null || List.of("|", ">", ">>", "&&", ";", "&").contains(text)) {
                break;
            }
            words.add(text);
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("shippedExperiments")
    void aShippedExperimentPassesItsCheck(Path file) {
        CliRun check = CliRun.bpfree("config", "check", file.toString());

        assertThat(check.exitCode()).as(check.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("shippedSweeps")
    void everyCellOfAShippedSweepPassesItsCheck(Path file, @TempDir Path folder) {
        String plan = folder.resolve("plan.jsonl").toString();

        CliRun planned = CliRun.bpfree("sweep", "plan", file.toString(), "-o", plan, "--no-estimate");

        assertThat(planned.exitCode()).as(planned.err()).isZero();
        assertThat(planned.out()).doesNotContain("are the same experiment");
    }

    static List<Path> shippedExperiments() throws IOException {
        return yamlFilesIn(Path.of("configs"));
    }

    static List<Path> shippedSweeps() throws IOException {
        return yamlFilesIn(Path.of("configs", "sweeps"));
    }

    private static List<Path> yamlFilesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyVersionStandsInThePropertiesOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String outside = pom.substring(pom.indexOf("</properties>"));

        List<String> versions = Pattern.compile("<version>(.*?)</version>")
                .matcher(outside)
                .results()
                .map(match -> match.group(1))
                .filter(version -> !version.startsWith("[")) // a range of Maven or Java itself
                .toList();

        assertThat(versions).isNotEmpty().allMatch(version -> version.startsWith("${version."));
    }
}
