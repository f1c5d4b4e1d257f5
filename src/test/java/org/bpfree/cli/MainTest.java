package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class MainTest {
    @Test
    void helpListsTheCommandsWithTheirDescriptions() {
        CliRun run = CliRun.bpfree("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("config ", "Checks experiment files", "list ", "Exit codes:", "Examples:");
        assertThat(run.out()).isEqualTo(CliRun.bpfree("help").out());
    }

    @Test
    void everyCommandHasADescriptionExamplesAndDescribedOptions() {
        List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine()));
        for (int i = 0; i < commands.size(); i++) {
            CommandLine command = commands.get(i);
            commands.addAll(command.getSubcommands().values());
            String name = command.getCommandSpec().qualifiedName();
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            assertThat(command.getUsageMessage()).as(name).contains("Examples:", "--help");
            assertThat(command.getCommandSpec().options()).as(name).allSatisfy(option -> assertThat(
                            option.description())
                    .as(option.longestName())
                    .isNotEmpty());
        }
        assertThat(commands).hasSizeGreaterThan(10);
    }

    @Test
    void versionNamesCommitAndJvm() {
        CliRun run = CliRun.bpfree("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("bpfree ")
                .contains("(commit ", "JVM: ", System.getProperty("java.runtime.version"));
        assertThat(CliRun.bpfree("config", "check", "--version").out()).isEqualTo(run.out());
    }

    @Test
    void unknownCommand() {
        CliRun run = CliRun.bpfree("confg");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                bpfree: error: unknown command 'confg'
                  hint: Did you mean 'config'?
                  hint: 'bpfree --help' explains the command.
                """);
    }

    @Test
    void helpForAnUnknownCommand() {
        CliRun run = CliRun.bpfree("help", "config", "chek");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("bpfree: error: 'bpfree config' has no command 'chek'. Did you mean 'check'?\n");
    }

    @Test
    void unknownOption() {
        CliRun run = CliRun.bpfree("config", "check", "--confg=x.yaml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("unknown option '--confg=x.yaml'", "hint: Did you mean '--config'?");
    }

    @Test
    void theCommandMayFollowAnOptionOrStandInAFile(@TempDir Path folder) throws IOException {
        Path arguments = Files.writeString(folder.resolve("arguments"), "list models");
        String models = CliRun.bpfree("list", "models").out();

        assertThat(CliRun.bpfree("--stacktrace", "list", "models").out()).isEqualTo(models);
        assertThat(CliRun.bpfree("@" + arguments).out()).isEqualTo(models);
    }

    @Test
    void noCommand() {
        assertThat(CliRun.bpfree().exitCode()).isEqualTo(2);
        assertThat(CliRun.bpfree().err())
                .contains("bpfree: error: Missing command, expected one of train, ", ", config, ");
        assertThat(CliRun.bpfree("config").err())
                .contains("bpfree: error: Missing command, expected one of check, show, copy, schema");
    }

    @ParameterizedTest
    @EnumSource
    void failuresExitWithTheCodeOfTheirKind(Failure.Kind kind) {
        CliRun run = CliRun.withCommand(
                () -> {
                    throw Failure.of(kind, "the message", "first", "second");
                },
                "added");

        assertThat(run.exitCode()).isEqualTo(kind.exitCode());
        assertThat(run.err()).isEqualTo("bpfree: error: the message\n  hint: first\n  hint: second\n");
    }

    @Test
    void stackTraceOnRequest() {
        Runnable body = () -> {
            throw Failure.failed("the message");
        };

        assertThat(CliRun.withCommand(body, "--stacktrace", "added").err()).contains("the message", "\tat org.bpfree.");
        assertThat(CliRun.withCommand(body, "added").err()).doesNotContain("\tat ");
    }

    @Test
    void defectsAskForAReport() {
        CliRun run = CliRun.withCommand(
                () -> {
                    throw new IllegalStateException("impossible");
                },
                "added");

        assertThat(run.exitCode()).isEqualTo(70);
        assertThat(run.err())
                .startsWith("bpfree: error: internal error: java.lang.IllegalStateException: impossible\n")
                .contains("Please report it")
                .doesNotContain("\tat ");
    }

    @Test
    void outOfMemoryIsExplained() {
        CliRun run = CliRun.withCommand(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                "added");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("out of memory: ", "(Java heap space)", "training.batchSize", "-Xmx");
    }

    @Test
    void troubleWithFilesIsNoDefect() {
        CliRun run = CliRun.withCommand(
                () -> {
                    throw new UncheckedIOException(new IOException("No space left on device"));
                },
                "added");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("No space left on device");
    }

    @ParameterizedTest
    @EnumSource
    void completionIsAShellScript(CompletionCommand.Shell shell) {
        CliRun run = CliRun.bpfree("completion", shell.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("complete -(F|c)").contains("bpfree", "config", "learners");
    }

    @Test
    void completionOfAnUnknownShell() {
        CliRun run = CliRun.bpfree("completion", "tcsh");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'tcsh'", "bash", "zsh", "fish");
    }

    @Test
    void jarsOfAClassPathThatAreNotThereAreNamed() {
        String here = Path.of("").toAbsolutePath().toString();
        String path = String.join(java.io.File.pathSeparator, here, "gone.jar", "", here + "/*", "gone/*");
        assertThat(Main.missingJars(path)).containsExactly("gone.jar", "gone/*");
        assertThat(Main.missingJars("")).isEmpty();
    }

    @Test
    void aLearnerThatIsUnknownMayBeOneOfAPlugIn() {
        CliRun unknown =
                CliRun.bpfree("config", "check", "configs/quickstart.yaml", "--set", "learner={type: sketched}");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("'sketched' is unknown", "BPFREE_PLUGINS=FILE.jar");
        CliRun misspelt = CliRun.bpfree("config", "check", "configs/quickstart.yaml", "--set", "learner={type: ekda}");
        assertThat(misspelt.err()).contains("Did you mean 'ekdaa'?").doesNotContain("BPFREE_PLUGINS");
    }
}
