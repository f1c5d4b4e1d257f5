package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Completion as the shells themselves carry it out; a shell that is not here is left out. */
@DisabledOnOs(OS.WINDOWS)
class CompletionTest {
    /** Command lines, the cursor at their ends, and some of the words that complete the last one. */
    private static final Map<String, List<String>> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("bpfree swe", List.of("sweep")),
            Map.entry("bpfree sweep pl", List.of("plan")),
            Map.entry("bpfree -q train --progr", List.of("--progress")),
            Map.entry("bpfree train --progress pl", List.of("plain")),
            Map.entry("bpfree train --set optim", List.of("optimizer=", "optimizer.")),
            Map.entry("bpfree train --set optimizer.learn", List.of("optimizer.learningRate=")),
            Map.entry("bpfree sweep plan x.yaml --set optimizer.learn", List.of("optimizer.learningRate=")),
            Map.entry("bpfree bench --vary training.batchS", List.of("training.batchSize=")),
            Map.entry("bpfree train --set no.such", List.of()),
            Map.entry("bpfree train --learner ekd", List.of("ekdaa")),
            Map.entry("bpfree train --config ekdaa-cif", List.of("ekdaa-cifar10.yaml")),
            Map.entry("bpfree train -c mine", List.of("mine one.yaml", "mine.yaml")),
            Map.entry("bpfree config check smo", List.of("smoke.yaml", "smoke-study.yaml")),
            Map.entry("bpfree config check mine.", List.of("mine.yaml")),
            Map.entry("bpfree config copy quickst", List.of("quickstart.yaml")),
            Map.entry("bpfree explain z-", List.of("z-il")),
            Map.entry("bpfree data get cifar", List.of("cifar-10", "cifar-100"))));

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createFile(folder.resolve("mine.yaml"));
        Files.createFile(folder.resolve("mine one.yaml"));
        for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
            Files.writeString(
                    folder.resolve("completion." + shell),
                    CliRun.bpfree("completion", shell.toString()).out());
        }
    }

    private static boolean isHere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private List<String> lines(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    /** What bash would have for the last word, called as its line editor calls the function. */
    private List<String> bash(String line, String wordBreaks) throws IOException, InterruptedException {
        assumeTrue(isHere("bash"));
        String script = """
                set -eu
                compopt() { :; } # there is no completion going on that it could change
                COMP_WORDBREAKS=$2; COMP_LINE=$1; COMP_POINT=${#1}; ZSH_VERSION=
                set +eu; source ./completion.bash
                words=$1; [[ $2 != *=* ]] || words=${1//=/ = }
                read -ra COMP_WORDS <<<"$words"
                [[ $1 != *[\\ =] ]] || COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
                _complete_bpfree_all bpfree "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                for each in "${COMPREPLY[@]}"; do echo "$each"; done
                """;
        return lines("bash", "--norc", "-c", script, "bash", line, wordBreaks);
    }

    private List<String> fish(String line) throws IOException, InterruptedException {
        assumeTrue(isHere("fish"));
        String script = "source completion.fish; complete -C '" + line + "' | string replace -r '\\t.*' ''; true";
        return lines("fish", "--no-config", "-c", script);
    }

    @Test
    void bashCompletes() throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> each : EXPECTED.entrySet()) {
            assertThat(bash(each.getKey(), " =:"))
                    .as(each.getKey())
                    .containsExactlyInAnyOrderElementsOf(each.getValue());
        }
    }

    @Test
    void bashReplacesOnlyWhatFollowsAnEqualsSign() throws IOException, InterruptedException {
        assertThat(bash("bpfree train --set learner.type=ekd", " =:")).containsExactly("ekdaa");
        assertThat(bash("bpfree train --set=optimizer.learn", " =:")).containsExactly("optimizer.learningRate=");
        assertThat(bash("bpfree train --config=quickst", " =:")).containsExactly("quickstart.yaml");
        assertThat(bash("bpfree train --set learner.type=ekd", " :")).containsExactly("learner.type=ekdaa");
        assertThat(bash("bpfree train --set=learner.type=ekd", " :")).containsExactly("--set=learner.type=ekdaa");
        assertThat(bash("bpfree train --set optimizer.nesterov=", " =:")).containsExactly("true", "false");
    }

    @Test
    void fishCompletes() throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> each : EXPECTED.entrySet()) {
            assertThat(fish(each.getKey())).as(each.getKey()).containsExactlyInAnyOrderElementsOf(each.getValue());
        }
        assertThat(fish("bpfree train --set learner.type=ekd")).containsExactly("learner.type=ekdaa");
        assertThat(fish("bpfree train --set=data.dataset=cifar"))
                .containsExactly("--set=data.dataset=cifar-10", "--set=data.dataset=cifar-100");
        assertThat(fish("bpfree sweep ")).containsExactlyInAnyOrder("plan", "run", "status", "collect");
    }

    @Test
    void zshReadsItsScript() throws IOException, InterruptedException {
        assumeTrue(isHere("zsh"));
        assertThat(lines("zsh", "-f", "-n", "completion.zsh")).isEmpty();
    }

    @Test
    void noScriptHasAPlaceLeftToFill() throws IOException {
        for (CompletionCommand.Shell shell : CompletionCommand.Shell.values()) {
            assertThat(folder.resolve("completion." + shell))
                    .content()
                    .contains("learner.type", "quickstart.yaml")
                    .doesNotContainPattern("@(settings|settingOptions|fileOptions|fileCommands|names)@");
        }
    }
}
