package org.bpfree.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfree.files.Json;
import org.bpfree.measure.UpdateAngle;
import org.bpfree.run.RunResult.ClassFigures;
import org.bpfree.run.RunResult.Cost;
import org.bpfree.run.RunResult.Figures;
import org.bpfree.run.RunResult.Size;
import org.bpfree.run.RunResult.Subject;

/** The one place that knows how {@code result.json} calls what a {@link RunResult} holds. */
record ResultFile(
        String name,
        String learner,
        String dataset,
        Long seed,
        Integer epochs,
        String stopReason,
        Double trainLoss,
        Double trainAccuracy,
        Double validationLoss,
        Double validationAccuracy,
        Integer bestEpoch,
        Double testLoss,
        Double testAccuracy,
        Double testBalancedAccuracy,
        Double testMacroF1,
        Double testTop5,
        Double imagesPerSecond,
        Double seconds,
        Integer trainImages,
        Integer testImages,
        Double updateAngle,
        String updateAngleNote,
        Long scratchBytesPerImage,
        Long parameters,
        Long feedbackParameters,
        String runDir,
        @JsonInclude(JsonInclude.Include.NON_NULL) ResultFile twin,
        @JsonInclude(JsonInclude.Include.NON_NULL) String twinNote) {
    private static final Set<String> IDENTITY =
            Set.of("name", "learner", "dataset", "seed", "runDir", "twin", "twinNote");

    static final List<String> FIGURES = Stream.of(ResultFile.class.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(name -> !IDENTITY.contains(name))
            .toList();

    static ResultFile of(RunResult result) {
        return new ResultFile(
                result.what().name(),
                result.what().learner(),
                result.what().dataset(),
                result.what().seed(),
                result.epochs(),
                result.stopReason(),
                result.train().loss(),
                result.train().accuracy(),
                result.validation().loss(),
                result.validation().accuracy(),
                result.bestEpoch(),
                result.test().loss(),
                result.test().accuracy(),
                result.classFigures().balancedAccuracy(),
                result.classFigures().macroF1(),
                result.classFigures().topFive(),
                result.cost().imagesPerSecond(),
                result.cost().seconds(),
                result.train().images(),
                result.test().images(),
                result.updateAngle().degrees(),
                result.updateAngle().note(),
                result.cost().scratchBytesPerImage(),
                result.size().parameters(),
                result.size().feedbackParameters(),
                result.runDir(),
                result.twin().map(ResultFile::of).orElse(null),
                result.twin().isPresent() ? RunResult.TWIN_NOTE : null);
    }

    RunResult result() {
        return new RunResult(
                new Subject(name, learner, dataset, seed),
                epochs,
                stopReason,
                new Figures(trainLoss, trainAccuracy, trainImages),
                new Figures(validationLoss, validationAccuracy, null),
                bestEpoch,
                new Figures(testLoss, testAccuracy, testImages),
                new ClassFigures(testBalancedAccuracy, testMacroF1, testTop5),
                new UpdateAngle(updateAngle, updateAngleNote),
                new Cost(imagesPerSecond, seconds, scratchBytesPerImage),
                new Size(parameters, feedbackParameters),
                runDir,
                Optional.ofNullable(twin).map(ResultFile::result));
    }

    Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        JsonNode node = node();
        FIGURES.forEach(name -> figures.put(
                name, node.path(name).isNull() ? "" : node.path(name).asText()));
        if (updateAngleNote != null) {
            figures.put("updateAngle", "NaN");
        }
        return figures;
    }

    String pretty() {
        return Json.pretty(this);
    }

    JsonNode node() {
        return Json.tree(this);
    }
}
