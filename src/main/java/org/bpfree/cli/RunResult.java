package org.bpfree.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;

/**
 * What a finished run reached: the content of {@code result.json}. Accuracies are fractions; figures that were not measured are
 * null.
 *
 * @param name of the experiment
 * @param learner its type
 * @param dataset its name
 * @param seed master seed
 * @param epochs epochs finished
 * @param stopReason {@code completed} or {@code early-stopping}
 * @param trainLoss mean over the batches of the last epoch, before each update
 * @param trainAccuracy likewise
 * @param validationLoss after the last epoch
 * @param validationAccuracy likewise
 * @param bestEpoch the epoch with the best validation figure
 * @param testLoss of the final weights
 * @param testAccuracy likewise
 * @param imagesPerSecond training speed of the last session
 * @param seconds of training in the last session, probes and tests left out
 * @param trainImages images learned in an epoch
 * @param testImages images tested
 * @param updateAngle mean angle between the learner's updates and backpropagation's at the last probe, degrees, over the weights of
 *     all layers; null when nothing was probed or a layer has none
 * @param updateAngleNote why there is no mean angle although it was probed; null otherwise
 * @param scratchBytesPerImage memory for activations, errors and whatever else the learner needs, an image of a batch
 * @param parameters trainable numbers of the network
 * @param feedbackParameters numbers in the learner's own tensors
 * @param runDir the run folder
 * @param twin what the backpropagation twin reached; left out when none was trained
 * @param twinNote that it is no tuned baseline; left out with it
 */
@JsonPropertyOrder({"name", "learner", "dataset", "seed", "epochs", "stopReason"})
record RunResult(
        String name,
        String learner,
        String dataset,
        long seed,
        int epochs,
        String stopReason,
        Double trainLoss,
        Double trainAccuracy,
        Double validationLoss,
        Double validationAccuracy,
        Integer bestEpoch,
        Double testLoss,
        Double testAccuracy,
        Double imagesPerSecond,
        double seconds,
        Integer trainImages,
        Integer testImages,
        Double updateAngle,
        String updateAngleNote,
        Long scratchBytesPerImage,
        long parameters,
        long feedbackParameters,
        String runDir,
        @JsonInclude(JsonInclude.Include.NON_NULL) RunResult twin,
        @JsonInclude(JsonInclude.Include.NON_NULL) String twinNote) {
    /** What has to be known of every twin. */
    static final String TWIN_NOTE = "the twin runs at the learner's settings and is no tuned baseline";

    /** This result with that of the twin. */
    RunResult withTwin(RunResult other) {
        return new RunResult(
                name,
                learner,
                dataset,
                seed,
                epochs,
                stopReason,
                trainLoss,
                trainAccuracy,
                validationLoss,
                validationAccuracy,
                bestEpoch,
                testLoss,
                testAccuracy,
                imagesPerSecond,
                seconds,
                trainImages,
                testImages,
                updateAngle,
                updateAngleNote,
                scratchBytesPerImage,
                parameters,
                feedbackParameters,
                runDir,
                other,
                TWIN_NOTE);
    }

    /** One JSON object. */
    String toJson() {
        return Json.pretty(this);
    }

    /** Reads {@code result.json}, or nothing when there is none that is whole. */
    static Optional<RunResult> read(Path file) {
        try {
            return Optional.of(new ObjectMapper().readValue(file.toFile(), RunResult.class));
        } catch (IOException e) {
            if (InputFile.isDenied(file, e)) {
                throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
            }
            return Optional.empty();
        }
    }
}
