package org.bpfree.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a base experiment and sweep files for tests. */
record SweepFiles(Path folder) {
    static final String BASE = """
            name: base
            seed: 7
            data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}
            model: {layers: [{type: flatten}, {type: dense, units: 10}]}
            learner: {type: backprop}
            optimizer: {type: sgd, learningRate: 0.1}
            training: {epochs: 1, batchSize: 20}
            """;

    /** Writes the base beside the sweep file. */
    static SweepFiles in(Path folder) {
        SweepFiles files = new SweepFiles(folder);
        files.write("base.yaml", BASE);
        return files;
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan of a sweep file with these lines below name and base. */
    CellExpansion.Expanded planned(String lines) {
        Path sweep = write("sweep.yaml", "name: trial\nbase: base.yaml\n" + lines);
        return new Planner(sweep).plan(folder.resolve("plan.jsonl"));
    }

    Plan plan(String lines) {
        return planned(lines).plan();
    }
}
