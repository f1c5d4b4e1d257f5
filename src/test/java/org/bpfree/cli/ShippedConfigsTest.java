package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.experiment.ShippedFiles.ShippedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ShippedConfigsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ekdaa-cifar10.yaml", "ekdaa-cifar10", "sweeps/../ekdaa-cifar10.yaml"})
    void anExperimentIsFoundByItsNameFromAnyFolder(String name) {
        CliRun run = CliRun.bpfree("config", "check", name);

        boolean known = !name.contains("..");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(known ? 0 : 2);
        assertThat(run.err())
                .contains(
                        known
                                ? "there is no file " + name + "; using ekdaa-cifar10.yaml, which comes with bpfree"
                                : "no such file");
    }

    @Test
    void everyExperimentHoldsImagesOutForValidation() {
        List<String> without = ShippedFiles.all().stream()
                .filter(file -> ConfigKind.of(file.text()) == ConfigKind.experiment)
                .filter(file -> ExperimentLoader.installed()
                                .read(file.name(), file.text(), List.of())
                                .experiment()
                                .data()
                                .validation()
                        == 0)
                .map(ShippedFile::name)
                .toList();

        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"quikstart, quickstart", "ekdaa-cifar01.yaml, ekdaa-cifar10.yaml"})
    void aNameThatIsAlmostThatOfOneIsTold(String written, String meant) {
        assertThat(CliRun.bpfree("config", "check", written).err())
                .contains(written + ": no such file. Did you mean '" + meant + "'");
    }

    @Test
    void aFileAlwaysWins() throws IOException {
        Path own = Files.writeString(folder.resolve("quickstart.yaml"), "nonsense: 1\n");

        CliRun run = CliRun.bpfree("config", "check", own.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nonsense").doesNotContain("comes with bpfree");
    }

    @Test
    void aShippedSweepFindsItsBaseAndSoDoesACopy() {
        Path copy = folder.resolve("deep/mine.yaml");

        assertThat(CliRun.bpfree("config", "copy", "smoke", "-o", copy.toString())
                        .exitCode())
                .isZero();
        CliRun shipped = plan("smoke.yaml", "a.jsonl");
        CliRun copied = plan(copy.toString(), "b.jsonl");

        assertThat(shipped.exitCode()).as(shipped.err()).isZero();
        assertThat(shipped.err()).contains("using sweeps/smoke.yaml");
        assertThat(copied.exitCode()).as(copied.err()).isZero();
        assertThat(copied.err()).contains("using quickstart.yaml");
        assertThat(CliRun.bpfree("sweep", "status", folder.resolve("a.jsonl").toString(), "--runs", folder.toString())
                        .err())
                .isEmpty();
    }

    private CliRun plan(String sweep, String plan) {
        return CliRun.bpfree("sweep", "plan", sweep, "-o", folder.resolve(plan).toString(), "--no-estimate");
    }

    @Test
    void aCopyHoldsTheTextAndReplacesNothing() throws IOException {
        Path copy = folder.resolve("mine.yaml");

        CliRun first = CliRun.bpfree("config", "copy", "configs/ekdaa-cifar10.yaml", "--out", copy.toString());
        CliRun second = CliRun.bpfree("config", "copy", "ekdaa-cifar10", "-o", copy.toString());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(copy).hasSameTextualContentAs(Path.of("configs/ekdaa-cifar10.yaml"));
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("exists and is not replaced");
        assertThat(CliRun.bpfree("config", "copy", "ekdaa-cifar").err())
                .contains("expected one of", "ekdaa-cifar10.yaml");
    }

    @Test
    void allFilesAreListedWithALineEachAndNoNameMeansTwo() throws IOException {
        Set<String> files;
        try (Stream<Path> walked = Files.walk(Path.of("configs"))) {
            files = walked.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> Path.of("configs").relativize(file).toString())
                    .collect(Collectors.toSet());
        }

        var listed = new ObjectMapper()
                .readTree(CliRun.bpfree("list", "configs", "--json").out());

        assertThat(listed).extracting(each -> each.get("name").asText()).containsExactlyInAnyOrderElementsOf(files);
        assertThat(listed)
                .allSatisfy(each -> assertThat(each.get("summary").asText()).isNotBlank());
        assertThat(listed).allSatisfy(each -> assertThat(each.get("kind").asText())
                .isEqualTo(kind(each.get("name").asText())));
        assertThat(ShippedFiles.all().stream().map(ShippedFile::fileName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "verify", "trace", "bench", "config show", "config check"})
    void anotherLearnerIsOneOption(String command) {
        CommandLine.ParseResult parsed = Main.commandLine()
                .parseArgs(
                        (command + " --config quickstart.yaml --learner fa" + (command.equals("trace") ? " -o x" : ""))
                                .split(" "));

        assertThat(parsed.hasSubcommand()).isTrue();
        CliRun shown = CliRun.bpfree("config", "show", "--plain", "quickstart.yaml", "--learner", "fa");
        assertThat(shown.out()).contains("type: fa");
        CliRun wrong = CliRun.bpfree("config", "check", "quickstart.yaml", "--learner", "ekda");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("'ekdaa'");
    }

    @Test
    void everyOutputIsNamedByTheSameOption() {
        assertThat(outputs(Main.commandLine())).isNotEmpty().allSatisfy(names -> assertThat(names)
                .contains("-o", "--out"));
    }

    private static Stream<String[]> outputs(CommandLine command) {
        Stream<String[]> own = command.getCommandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::names)
                .filter(names -> Set.of(names).stream()
                        .anyMatch(name -> Set.of("-o", "--out", "--output", "--plot", "--run-dir")
                                .contains(name)));
        return Stream.concat(own, command.getSubcommands().values().stream().flatMap(ShippedConfigsTest::outputs));
    }

    @Test
    void aDryRunLooksAtTheFirstWeights() {
        CliRun run = CliRun.bpfree(
                "train", "--config", "quickstart", "--set", "training.twin=false", "--dry-run", "--init", "nope.npz");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nope.npz");
    }

    private static String kind(String name) {
        return name.startsWith("sweeps/") ? "sweep" : name.startsWith("studies/") ? "study" : "experiment";
    }
}
