package org.bpfree.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.files.Json;
import org.bpfree.run.RunFiles;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;

/** A folder with a base experiment and a study for tests, and results that nobody trained for. */
record StudyFiles(Path folder) {
    private static final String BASE = """
            name: base
            seed: 7
            data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}, validation: 20}
            model: {layers: [{type: flatten}, {type: dense, units: 10}]}
            learner: {type: backprop}
            optimizer: {type: sgd, learningRate: 0.1}
            training: {epochs: 1, batchSize: 20}
            """;

    /** Two arms that try three rates with two seeds, then run with three. */
    static final String TUNED = """
            arms:
              near: {training.batchSize: 10}
              reference: {}
            reference: reference
            tune:
              settings: {optimizer.learningRate: [0.01, 0.1, 1.0]}
              seeds: [101, 102]
            final: {set: {training.epochs: 2}, seeds: [1, 2, 3]}
            """;

    static StudyFiles in(Path folder) {
        StudyFiles files = new StudyFiles(folder);
        files.write("base.yaml", BASE);
        return files;
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The study with these lines below name and base. */
    Study study(String lines) {
        return Study.read(write("study.yaml", "name: trial\nbase: base.yaml\n" + lines), note -> {});
    }

    StudyFolder runs(Study study) {
        return StudyFolder.of(folder.resolve("runs"), study);
    }

    Progress progress(Study study, Archive... archives) {
        return new Progress(study, runs(study), List.of(archives));
    }

    /** The plan of a stage, which must be there by now. */
    Plan plan(Study study, String stage) {
        return progress(study).plan().stream()
                .filter(planned -> planned.stage().name().equals(stage))
                .findFirst()
                .orElseThrow()
                .plan();
    }

    /** Leaves a cell as a finished run leaves it. */
    void finish(Study study, PlannedCell cell, double validation, Optional<Double> test) {
        String result = "{\"name\": \"base\", \"learner\": \"backprop\", \"dataset\": \"synthetic\", \"seed\": "
                + cell.seed()
                + ", \"epochs\": 1, \"validationAccuracy\": " + validation + ", \"validationLoss\": " + (1 - validation)
                + test.map(accuracy -> ", \"testAccuracy\": " + accuracy).orElse("") + "}";
        leave(study, cell, "done", result);
    }

    /** Leaves a cell as a run that diverged leaves it. */
    void diverge(Study study, PlannedCell cell) {
        leave(study, cell, "diverged", null);
    }

    private void leave(Study study, PlannedCell cell, String status, String result) {
        try {
            String metrics = "{\"epoch\": 1, \"step\": 3, \"train/loss\": 2.0, \"train/accuracy\": 0.5}";
            new RunFiles(
                            status,
                            result == null ? null : Json.parse(result),
                            List.of(Json.parse(metrics)),
                            Json.parse("{\"facts\": {\"version\": \"0.1.0\"}}"),
                            null,
                            null)
                    .write(runs(study).runs().run(cell), cell.configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
