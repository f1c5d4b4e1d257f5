package org.bpfree.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;
import org.bpfree.measure.FlatSettings;
import org.bpfree.train.Confusion;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a run folder tells of a run, finished or not, of whatever version of bpfree.
 *
 * @param folder the run folder
 * @param status the content of {@code STATUS}, or {@code unknown}
 * @param settings every setting of the experiment by its path, such as {@code learner.beta}
 * @param result what was reached; nothing while the run is not finished
 * @param manifest where it comes from; nothing when that is not told
 * @param moments the lines of {@code metrics.jsonl}
 * @param confusion of the test images, where it was recorded
 * @param correct which test images were right, where it was recorded
 */
public record RunRecord(
        Path folder,
        String status,
        Map<String, String> settings,
        Optional<RunResult> result,
        Optional<Manifest> manifest,
        List<JsonNode> moments,
        Optional<Confusion> confusion,
        Optional<CorrectImages> correct) {
    /**
     * Reads a run.
     *
     * @throws Failure if a file of it is damaged, with the file's name
     */
    public static RunRecord read(RunFolder run) {
        Path confusion = run.file("confusion.json");
        return new RunRecord(
                run.path(),
                run.status()
                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                        .orElse("unknown"),
                settings(run),
                RunResult.require(run),
                Manifest.require(run),
                RunFiles.metrics(run.file("metrics.jsonl")),
                InputFile.isThere(confusion) ? Optional.of(Confusion.read(confusion)) : Optional.empty(),
                CorrectImages.read(run));
    }

    /**
     * A run whose files were kept elsewhere.
     *
     * @param place how it is called where there is no folder
     * @param configuration the resolved experiment
     */
    public static RunRecord of(Path place, String configuration, RunFiles files) {
        return new RunRecord(
                place,
                files.status(),
                FlatSettings.of(configuration),
                Json.convert(files.result(), ResultFile.class).map(ResultFile::result),
                Json.convert(files.manifest(), Manifest.class),
                files.metrics(),
                Json.convert(files.confusion(), Confusion.class),
                Json.convert(files.correct(), CorrectImages.class));
    }

    /** A setting by its path; {@code –} where the run has none. */
    public String setting(String path) {
        return settings.getOrDefault(path, "–");
    }

    /** The name of the experiment. */
    public String name() {
        return settings.getOrDefault("name", String.valueOf(folder.getFileName()));
    }

    /** Of the last epoch, where the run got there. */
    public OptionalDouble testAccuracy() {
        Double accuracy = result.map(reached -> reached.test().accuracy()).orElse(null);
        return accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy);
    }

    /**
     * Every setting of a run by its path.
     *
     * @throws Failure if the folder has none, or its file is damaged
     */
    public static Map<String, String> settings(RunFolder run) {
        Path file = run.file("config.resolved.yaml");
        Optional<String> text = text(file);
        if (text.isEmpty()) {
            throw Failure.failed(
                    "the run folder " + file.getParent() + " has no " + file.getFileName(),
                    "Only folders that 'bpfree train' made can be shown.");
        }
        try {
            return FlatSettings.of(text.get());
        } catch (YamlEngineException e) {
            throw Failure.causedBy(e, Failure.Kind.FAILED, file + " is damaged: " + e.getMessage());
        }
    }

    private static Optional<String> text(Path file) {
        if (!InputFile.isThere(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        }
    }
}
