package org.bpfree.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.measure.UpdateAngle;

/**
 * What a finished run reached: the content of {@code result.json}, whose names {@link ResultFile} alone knows. Figures that were not
 * measured, or that another version of bpfree did not write, are null.
 *
 * @param what was trained
 * @param epochs epochs finished
 * @param stopReason {@code completed} or {@code early-stopping}
 * @param train over the batches of the last epoch, each before its update
 * @param validation after the last epoch
 * @param bestEpoch the epoch with the best validation figure
 * @param test of the final weights
 * @param classFigures what the test says beyond accuracy
 * @param updateAngle mean angle between the learner's updates and backpropagation's at the last probe
 * @param cost what it took
 * @param size of the network and of what the learner has beside it
 * @param runDir the run folder
 * @param twin what the backpropagation twin reached
 */
public record RunResult(
        Subject what,
        Integer epochs,
        String stopReason,
        Figures train,
        Figures validation,
        Integer bestEpoch,
        Figures test,
        ClassFigures classFigures,
        UpdateAngle updateAngle,
        Cost cost,
        Size size,
        String runDir,
        Optional<RunResult> twin) {
    /** The file that holds it, in the run folder. */
    static final String FILE = "result.json";

    /** What has to be known of every twin. */
    public static final String TWIN_NOTE = "the twin runs at the learner's settings and is no tuned baseline";

    /**
     * What was trained.
     *
     * @param name of the experiment
     * @param learner its type
     * @param dataset its name
     * @param seed master seed
     */
    public record Subject(String name, String learner, String dataset, Long seed) {}

    /**
     * How well a split is classified.
     *
     * @param loss mean of an image
     * @param accuracy share of images, 0 to 1
     * @param images how many there are; null for validation images
     */
    public record Figures(Double loss, Double accuracy, Integer images) {}

    /**
     * What a test says of classes that have not equally many images, or are many.
     *
     * @param balancedAccuracy mean of the classes' recall, 0 to 1
     * @param macroF1 mean of the classes' F1, 0 to 1
     * @param topFive share of images whose label is among the five largest scores, 0 to 1; null with five classes or fewer
     */
    public record ClassFigures(Double balancedAccuracy, Double macroF1, Double topFive) {}

    /**
     * What training took.
     *
     * @param imagesPerSecond training speed of the last session
     * @param seconds of training in the last session, probes and tests left out
     * @param scratchBytesPerImage memory for activations, errors and whatever else the learner needs, an image of a batch
     */
    public record Cost(Double imagesPerSecond, Double seconds, Long scratchBytesPerImage) {}

    /**
     * How many numbers there are.
     *
     * @param parameters trainable numbers of the network
     * @param feedbackParameters numbers in the learner's own tensors
     */
    public record Size(Long parameters, Long feedbackParameters) {}

    /** This result with that of the twin. */
    RunResult withTwin(RunResult other) {
        return new RunResult(
                what,
                epochs,
                stopReason,
                train,
                validation,
                bestEpoch,
                test,
                classFigures,
                updateAngle,
                cost,
                size,
                runDir,
                Optional.of(other));
    }

    /** One JSON object. */
    public String toJson() {
        return ResultFile.of(this).pretty();
    }

    /** As {@link #toJson}, to be put into another object. */
    public JsonNode toJsonNode() {
        return ResultFile.of(this).node();
    }

    /** The names of all figures in {@code result.json}, in its order, without what says which run it is. */
    public static List<String> figureNames() {
        return ResultFile.FIGURES;
    }

    /** The figures as text under those names; {@code NaN} where one is undefined, as a note beside it tells, empty where nobody measured it. */
    public Map<String, String> figures() {
        return ResultFile.of(this).figures();
    }

    /** Writes it into a run folder. */
    void write(RunFolder folder) {
        AtomicFile.write(folder.file(FILE), toJson() + "\n");
    }

    /** The result in a run folder, or nothing when there is none that is whole: a damaged one is written again by resuming the run. */
    public static Optional<RunResult> read(RunFolder folder) {
        try {
            return require(folder);
        } catch (Failure e) {
            if (e.getCause() instanceof JacksonException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The result in a run folder, or nothing when there is none.
     *
     * @throws Failure if it is damaged or cannot be read
     */
    public static Optional<RunResult> require(RunFolder folder) {
        Path file = folder.file(FILE);
        return folder.json(FILE, ResultFile.class).map(ResultFile::result);
    }
}
