package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfree.data.catalogue.BuiltInDatasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs read of commands. */
class MachineReadableTest {
    @TempDir
    private Path folder;

    private static JsonNode json(CliRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void checksManyFilesOfBothKindsAndTellsEachProblemByItsPlace() throws IOException {
        String wrong = Files.writeString(
                        folder.resolve("wrong,1.yaml"),
                        Files.readString(Path.of("configs/quickstart.yaml")).replace("name: ", "nam: 50%\nname: "))
                .toString();
        String sweep = Files.writeString(folder.resolve("sweep.yaml"), """
                        name: trial
                        base: quickstart.yaml
                        grid:
                          training.epoch: [1, 2]
                        """).toString();

        JsonNode found =
                json(CliRun.bpfree("config", "check", "--json", "quickstart.yaml", wrong, sweep, "smoke.yaml"));

        assertThat(found).hasSize(4);
        assertThat(found.get(0).get("ok").isBoolean()).isTrue();
        assertThat(found.get(0).get("ok").asBoolean()).isTrue();
        JsonNode problem = found.get(1).at("/problems/0");
        int line = problem.get("line").asInt();
        assertThat(Files.readAllLines(Path.of(wrong)).get(line - 1)).startsWith("nam: ");
        assertThat(problem.get("column").isInt()).isTrue();
        assertThat(problem.get("setting").asText()).isEqualTo("nam");
        assertThat(found.get(2).get("kind").asText()).isEqualTo("sweep");
        assertThat(found.get(2).at("/problems/0/line").asInt()).isEqualTo(4);
        assertThat(found.get(3).get("ok").asBoolean()).isTrue();

        CliRun annotated = CliRun.bpfree("config", "check", "--github", "quickstart.yaml", wrong, "missing.yaml");
        assertThat(annotated.exitCode()).isEqualTo(2);
        assertThat(annotated.out().lines())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each)
                        .startsWith(
                                "::error file=" + wrong.replace(",", "%2C") + ",line=" + line + ",col=1::nam: unknown"))
                .anySatisfy(
                        each -> assertThat(each).startsWith("::error file=missing.yaml::missing.yaml: no such file"));
        CliRun told = CliRun.bpfree("config", "check", "quickstart.yaml", wrong, sweep);
        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out()).isEqualTo("quickstart.yaml: ok\n");
        assertThat(told.err()).contains("1 problem in " + wrong, "2 problems in " + sweep);
    }

    @Test
    void theVersionAndTheMachineAreTold() throws IOException {
        JsonNode version = json(CliRun.bpfree("--version", "--json"));

        assertThat(version.get("processors").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(version.get("java").asText()).isEqualTo(System.getProperty("java.runtime.version"));
        assertThat(CliRun.bpfree("--version").out()).startsWith("bpfree ");
    }

    @Test
    void aDatasetThatIsNotHereIsNoFaultAndOneThatIsIncompleteIs() throws IOException {
        String data = folder.toString();
        CliRun none = CliRun.bpfree("doctor", "--json", "--data-dir", data);
        Path mnist = Files.createDirectories(folder.resolve("mnist"));
        String first = new BuiltInDatasets.Mnist().manifest().files().get(0).name();
        Files.writeString(mnist.resolve(first), "");
        CliRun begun = CliRun.bpfree("doctor", "--json", "--data-dir", data);

        assertThat(none.exitCode()).as(none.out()).isZero();
        assertThat(json(none).at("/datasets/mnist").asText()).isEqualTo("not here");
        assertThat(json(none).get("faults")).isEmpty();
        assertThat(json(none).get("threads").isInt()).isTrue();
        assertThat(json(none).get("productGflops").isDouble()).isTrue();
        assertThat(begun.exitCode()).isEqualTo(1);
        assertThat(json(begun).at("/datasets/mnist").asText()).isEqualTo("incomplete");
        assertThat(json(begun).at("/faults/0").asText()).contains("bpfree data get mnist");
    }

    @Test
    void numbersAreNumbers() throws IOException {
        String plan = folder.resolve("plan.jsonl").toString();
        CliRun.bpfree("sweep", "plan", "smoke.yaml", "-o", plan, "--no-estimate");

        JsonNode cell = json(CliRun.bpfree("sweep", "status", plan, "--runs", folder.toString(), "--json"))
                .get(1);
        JsonNode dataset = json(CliRun.bpfree("list", "datasets", "--json")).get(0);

        for (String key : new String[] {"index", "attempts", "seed"}) {
            assertThat(cell.get(key).isNumber()).as(key).isTrue();
        }
        assertThat(cell.get("index").asInt()).isEqualTo(1);
        for (String key : new String[] {"classes", "train", "test"}) {
            assertThat(dataset.get(key).isNumber()).as(key).isTrue();
        }
    }

    @Test
    void quietSaysNoNotesAndVerboseSaysWhatIsUsed() {
        CliRun usual = CliRun.bpfree("config", "check", "quickstart.yaml");
        CliRun quiet = CliRun.bpfree("config", "check", "-q", "quickstart.yaml");
        CliRun verbose = CliRun.bpfree("config", "check", "--verbose", "configs/quickstart.yaml");

        assertThat(usual.err()).startsWith("note: ");
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).isEqualTo(usual.out());
        assertThat(verbose.err()).isEqualTo("reading configs/quickstart.yaml\n");
    }
}
