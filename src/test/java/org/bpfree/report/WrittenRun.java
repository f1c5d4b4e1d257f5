package org.bpfree.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfree.run.RunFolder;
import org.bpfree.train.Confusion;

/** A run folder as {@code bpfree train} leaves it, written by hand. */
final class WrittenRun {
    private final Path folder;
    private final String learner;
    private final int seed;

    WrittenRun(Path folder, String learner, int seed) {
        this.folder = folder;
        this.learner = learner;
        this.seed = seed;
        RunFolder.createAnew(folder);
        configuration("fashion-mnist");
        write("STATUS", "running\n");
        write("manifest.json", "{\"facts\": {\"version\": \"0.1.0\", \"commit\": \"abc\", \"threads\": 1}}");
        write("metrics.jsonl", """
                {"epoch":1,"step":1,"alignment/conv1/weights/updateAngle":12.5,"alignment/conv1/bias/updateAngle":1}
                {"epoch":1,"step":50,"learningRate":0.1,"train/loss":1.5,"train/accuracy":0.5}
                {"epoch":2,"step":51,"alignment/conv1/weights/updateAngle":"NaN"}
                {"epoch":2,"step":100,"learningRate":0.1,"train/loss":1.0,"train/accuracy":0.75}
                """);
    }

    WrittenRun configuration(String dataset) {
        return configuration(dataset, "learner: {type: " + learner + "}\n");
    }

    /** With blocks of its own for whatever is neither data nor network. */
    WrittenRun configuration(String dataset, String blocks) {
        return write("config.resolved.yaml", """
                name: study
                seed: %d
                data: {dataset: %s, trainLimit: 0, testLimit: 0}
                model: {layers: [{type: conv, filters: 8}, {type: dense, units: 2}]}
                """.formatted(seed, dataset) + blocks);
    }

    WrittenRun done(double accuracy) {
        write("STATUS", "done\n");
        new Confusion(List.of("cat", "dog"), new int[][] {{8, 2}, {1, 9}}).write(folder.resolve("confusion.json"));
        return write(
                "result.json",
                "{\"epochs\": 2, \"testAccuracy\": %s, \"testLoss\": 0.5, \"parameters\": 1234567}"
                        .formatted(accuracy));
    }

    WrittenRun write(String file, String content) {
        try {
            Files.writeString(folder.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunFolder folder() {
        return new RunFolder(folder);
    }
}
