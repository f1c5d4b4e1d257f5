package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.DataSettings.Draw;
import org.bpfree.data.DataSettings.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number or a block: {@code data.trainLimit}. */
class ShorthandTest {
    private static final String TEXT = """
            name: small
            data: {dataset: mnist, trainLimit: %s}
            model: {layers: [{type: flatten}, {type: dense, units: 10}, {type: batch-norm}]}
            learner: {type: backprop}
            optimizer: {type: sgd, learningRate: 0.1}
            training: {epochs: 1, batchSize: %d}
            """;

    private static Experiment read(String limit, int batch) {
        return ExperimentLoader.installed()
                .read("small.yaml", TEXT.formatted(limit, batch), List.of())
                .experiment();
    }

    @Test
    void aNumberTakesTheFirstImagesAndABlockSaysWhich() {
        assertThat(read("500", 10).data().trainLimit()).isEqualTo(new Limit(500, Draw.FIRST));
        assertThat(read("{images: 500}", 10)).isEqualTo(read("500", 10));
        assertThat(read("{images: 500, draw: stratified}", 10).data().trainLimit())
                .isEqualTo(new Limit(500, Draw.STRATIFIED));
        assertThatThrownBy(() -> read("-1", 10)).hasMessageContaining("data.trainLimit: -1 is out of range");
        assertThatThrownBy(() -> read("{images: 5, draw: last}", 10)).hasMessageContaining("first", "stratified");
    }

    @Test
    void itIsWrittenAsShortAsItCanBeAndReadsBack() {
        String plain = ResolvedYaml.print(read("{images: 500, draw: first}", 10));
        String drawn = ResolvedYaml.print(read("{images: 500, draw: stratified}", 10));

        assertThat(plain).contains("trainLimit: 500");
        assertThat(ExperimentLoader.installed().read("again", drawn, List.of()).experiment())
                .isEqualTo(read("{images: 500, draw: stratified}", 10));
    }

    @ParameterizedTest
    @CsvSource({"500, 1, true", "501, 10, true", "500, 10, false", "502, 10, false"})
    void batchNormalizationOfSingleImagesIsTold(String limit, int batch, boolean told) {
        List<String> warnings = ModelCheck.warnings(read(limit, batch));

        assertThat(warnings.stream().anyMatch(text -> text.contains("normalizes over the batch")))
                .isEqualTo(told);
    }

    @Test
    void theTwinOfALearnerIsItsOwnReference() {
        Experiment spiking = ExperimentLoader.installed()
                .load(Path.of("configs/spiking-fashion-mnist.yaml"), List.of())
                .experiment();

        assertThat(ModelCheck.twin(spiking).learnerType()).isEqualTo("spiking-backprop");
        assertThat(ModelCheck.twin(read("5", 5)).learnerType()).isEqualTo("backprop");
    }
}
