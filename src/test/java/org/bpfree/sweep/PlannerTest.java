package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    @TempDir
    private Path folder;

    private SweepFiles files;

    @BeforeEach
    void withBase() {
        files = SweepFiles.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid: {optimizer.learningRate: [0.1, 0.2, 0.3], training.epochs: [1, 2]} | 6",
                "grid: {optimizer.learningRate: [0.1, 0.2], training.epochs: [1, 2]}\\nseeds: [1, 2, 3] | 12",
                "cells: [{training.epochs: 4}, {training.epochs: 5}]\\nseeds: [1, 2] | 4",
                "grid: {training.epochs: [1, 2]}\\ncells: [{training.epochs: 3}]\\nseeds: [1, 2] | 6",
                "seeds: [1, 2, 3, 4, 5] | 5",
                "'' | 1"
            })
    void hasTheProductOfTheGridAndTheExplicitCellsWithEachSeed(String lines, int cells) {
        assertThat(files.plan(lines.replace("\\n", "\n")).cells()).hasSize(cells);
    }

    @Test
    void valuesAndSeedsOfTheCommandLineWinOverThoseOfTheFileAndCellsOverThem() {
        Path sweep = files.write("sweep.yaml", """
                name: trial
                base: base.yaml
                set: {training.epochs: 7, training.batchSize: 30}
                cells: [{learner: {type: fa}}, {training.epochs: 9}]
                seeds: [1, 2, 3]
                """);

        CellExpansion.Expanded planned =
                new Planner(sweep, List.of("training.epochs=2"), List.of(5L, 6L)).plan(folder.resolve("plan.jsonl"));

        assertThat(planned.experiments().stream()
                        .map(each ->
                                each.training().epochs() + " " + each.training().batchSize() + " " + each.seed()))
                .containsExactly("2 30 5", "2 30 6", "9 30 5", "9 30 6");
        Planner wrong = new Planner(sweep, List.of("training.epoch=2"), List.of());
        assertThat(catchThrowableOfType(Failure.class, () -> wrong.plan(folder.resolve("plan.jsonl"))))
                .hasMessageContaining("--set training.epoch")
                .hasMessageContaining("in every cell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid: {learner: [{type: fa}, {type: dfa}], learner.type: [fa, dfa]} | grid.learner.type | 'grid.learner' | ''",
                "grid: {optimizer.learningRate: [0.1], optimizer: [{type: adam}]} | grid.optimizer.learningRate"
                        + " | 'grid.optimizer' | ''",
                "set: {training.epochs: 7}\\ncells: [{training: {epochs: 2}}] | set.training.epochs"
                        + " | 'cells.0.training' | ''",
                "set: {optimizer: {type: adam}}\\ngrid: {optimizer.learningRate: [0.1]} | grid.optimizer.learningRate"
                        + " | 'set.optimizer' | ''",
                "grid: {learner: [{type: fa}, {type: dfa}]} | --set learner.type | 'grid.learner' | learner.type=fa",
            })
    void refusesAxesOfWhichOneLiesInsideTheOther(String lines, String inner, String outer, String set) {
        Path sweep = files.write("sweep.yaml", "name: trial\nbase: base.yaml\n" + lines.replace("\\n", "\n"));
        Planner planner = new Planner(sweep, set.isEmpty() ? List.of() : List.of(set), List.of());

        Failure failure = catchThrowableOfType(Failure.class, () -> planner.plan(folder.resolve("plan.jsonl")));

        assertThat(failure).hasMessageContaining(inner + ": lies inside '" + outer + "'");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    }

    @Test
    void axesOfDifferentCellsAndOfNamesThatBeginAlikeDoNotOverlap() {
        assertThat(files.plan("cells: [{training: {epochs: 2}}, {training.epochs: 3}]")
                        .cells())
                .hasSize(2);
        assertThat(files.plan("set: {training.epochs: 7}\ngrid: {training.epochs: [1, 2]}")
                        .cells())
                .hasSize(2);
    }

    @Test
    void theLastKeyOfTheGridTurnsFastestAndSeedsFasterStill() {
        Plan plan = files.plan("grid: {optimizer.learningRate: [0.1, 0.2], training.epochs: [1, 2]}\nseeds: [1, 2]");

        assertThat(plan.cells().stream().map(cell -> cell.label() + " " + cell.seed()))
                .containsExactly(
                        "optimizer.learningRate=0.1 training.epochs=1 1",
                        "optimizer.learningRate=0.1 training.epochs=1 2",
                        "optimizer.learningRate=0.1 training.epochs=2 1",
                        "optimizer.learningRate=0.1 training.epochs=2 2",
                        "optimizer.learningRate=0.2 training.epochs=1 1",
                        "optimizer.learningRate=0.2 training.epochs=1 2",
                        "optimizer.learningRate=0.2 training.epochs=2 1",
                        "optimizer.learningRate=0.2 training.epochs=2 2");
        assertThat(plan.cells().stream().map(PlannedCell::index)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aCellHoldsTheExperimentThatTheSameOverridesGiveToTrain() {
        PlannedCell cell = files.plan("cells: [{learner: {type: dfa}, optimizer.learningRate: 0.3}]\nseeds: [5]")
                .cell(0);

        String expected = ResolvedYaml.print(ExperimentLoader.installed()
                .load(
                        folder.resolve("base.yaml"),
                        List.of("learner={type: dfa}", "optimizer.learningRate=0.3", "seed=5"))
                .experiment());
        assertThat(cell.configuration()).isEqualTo(expected);
        assertThat(cell.id()).isEqualTo(ResolvedYaml.hash(expected).substring(0, 16));
        assertThat(cell.seed()).isEqualTo(5);
    }

    @Test
    void whatAllCellsShareIsInTheirConfigurationAndNotInTheirLabels() {
        PlannedCell cell = files.plan(
                        "set: {training.epochs: 9, optimizer.momentum: 0.5}\ngrid: {optimizer.momentum: [0.7]}")
                .cell(0);

        assertThat(cell.configuration()).contains("epochs: 9", "momentum: 0.7");
        assertThat(cell.settings()).isEqualTo(Map.of("optimizer.momentum", "0.7"));
    }

    @Test
    void idsDependOnTheExperimentAloneAndNotOnHowTheFileIsWritten() {
        Plan plan = files.plan("grid: {optimizer.learningRate: [0.1, 0.2], training.epochs: [1, 2]}\nseeds: [1, 2]");
        Plan turned = files.plan("""
                seeds: [2, 1]
                cells:
                  - {training: {epochs: 2, batchSize: 20}, optimizer.learningRate: 2.0e-1}
                grid:
                  training.epochs: [2, 1]
                  optimizer.learningRate: [0.20, 0.1]
                """);

        assertThat(ids(turned)).isEqualTo(ids(plan)).hasSize(8);
    }

    @Test
    void equalCellsAreOne() {
        CellExpansion.Expanded planned =
                files.planned("grid: {training.epochs: [1, 2]}\ncells: [{training.epochs: 2}]\nseeds: [1, 2]");

        assertThat(planned.plan().cells()).hasSize(4);
        assertThat(planned.repeated().size()).isEqualTo(2);
    }

    private static Set<String> ids(Plan plan) {
        return plan.cells().stream().map(PlannedCell::id).collect(Collectors.toSet());
    }

    @Test
    void allProblemsOfAllCellsAreToldAtOnceEachAtItsPlaceWithItsCells() {
        String message = problems("""
                grid:
                  learner: [{type: ekdaa, bta: 1}, {type: backprop}]
                  optimizer.learningRate: [0.1, -1]
                cells:
                  - {learnr: {type: dfa}}
                seeds: [1, 2]
                """);

        assertThat(message)
                .contains("3 problems in " + folder.resolve("sweep.yaml"))
                .contains("sweep.yaml:4:32: grid.learner.0.bta: unknown key.")
                .contains("Did you mean 'beta'? (cells 0-3: learner={type: ekdaa, bta: 1})")
                .contains("sweep.yaml:5:33: grid.optimizer.learningRate.1: -1 is out of range")
                .contains("(cells 2-3,6-7: optimizer.learningRate=-1)")
                .contains("sweep.yaml:7:14: cells.0.learnr: unknown key.")
                .contains("(cells 8-9: learnr={type: dfa})");
    }

    @Test
    void whatDoesNotGoTogetherWithTheBaseIsToldWithThePlaceInTheBase() {
        files.write(
                "base.yaml",
                SweepFiles.BASE
                        .replace(
                                "{type: flatten}",
                                "{type: flatten}, {type: dense, units: 9}, {type: activation, function: signum}")
                        .replace("type: backprop", "type: ekdaa"));

        assertThat(problems("grid: {learner: [{type: ekdaa}, {type: backprop}]}\nseeds: [1, 2]"))
                .contains("1 problem in")
                .contains("sweep.yaml:2:7: base: " + folder.resolve("base.yaml") + ":4:60: model.layers.2: ")
                .contains("signum")
                .contains("(cells 2-3: learner={type: backprop})");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grid: {seed: [1, 2]} | 3:7 | Write 'seeds: [1, 2, 3]'",
                "grid: {training.epochs: []} | 3:25 | grid.training.epochs: has no values",
                "grid: {training.epochs: 3} | 3:25 | grid.training.epochs: '3' is a single value, expected a list",
                "grid: {training.epochs: {log: [0, 1, 3]}} | 3:31 | expected [from, to, number of values] with 0 < from < to",
                "grid: {training.epochs: {log: [1, 2]}} | 3:31 | expected [from, to, number of values]",
                "grid: {training.epochs: {linear: [1, 2, 1.5]}} | 3:34 | a whole number of values from 2 to 10000, not 1.5",
                "grid: {training.epochs: {log: [1, 2, 3], linear: [1, 2, 3]}} | 3:25 | has its values told in 2 ways",
                "grid: {training.epochs: {random: {draws: 3}}} | 3:34 | needs a range",
                "grid: [1] | 3:7 | a list is not a block",
                "seeds: [1, 1] | 3:8 | holds 1 twice",
                "seeds: [one] | 3:9 | 'one' is not allowed, expected a whole number",
                "sedes: [1] | 3:1 | Did you mean 'seeds'?"
            })
    void aWrongSweepFileIsExplained(String line, String place, String words) {
        assertThat(problems(line)).contains("sweep.yaml:" + place + ": ").contains(words);
    }

    @Test
    void aBaseThatIsNotThereIsExplained() {
        Path sweep = files.write("other.yaml", "name: trial\nbase: bsae.yaml\n");

        Failure failure =
                catchThrowableOfType(Failure.class, () -> new Planner(sweep).plan(folder.resolve("plan.jsonl")));

        assertThat(failure).hasMessageContaining("other.yaml:2:7: base: ").hasMessageContaining("no such file");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    }

    private String problems(String lines) {
        return catchThrowableOfType(Failure.class, () -> files.plan(lines)).getMessage();
    }

    @Test
    void aSweepFileIsNoDamagedPlan() {
        assertThatThrownBy(() -> Plan.read(Path.of("configs/sweeps/smoke.yaml")))
                .hasMessageContaining("is YAML, as sweep files are, and this takes a plan");
    }

    @Test
    void notesOfASweepAreToldFromItsRuns(@TempDir Path runs) throws IOException {
        Path notes = Files.createDirectories(runs.resolve("trial/cells"));

        assertThat(SweepFolder.isNotes(notes)).isTrue();
        assertThat(SweepFolder.isNotes(notes.getParent())).isFalse();
    }
}
