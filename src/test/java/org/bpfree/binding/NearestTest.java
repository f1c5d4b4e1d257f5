package org.bpfree.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS = List.of(
            "learningRate",
            "momentum",
            "nesterov",
            "weightDecay",
            "errorKernels",
            "beta",
            "beta1",
            "fashion-mnist",
            "cifar-10");

    @ParameterizedTest
    @CsvSource({
        "learnRate, learningRate",
        "learning_rate, learningRate",
        "momentun, momentum",
        "wieghtDecay, weightDecay",
        "errorKernal, errorKernels",
        "FASHION_MNIST, fashion-mnist",
        "cifar, cifar-10",
        "bteta, beta"
    })
    void findsTheNameThatWasMeant(String misspelt, String meant) {
        assertThat(Nearest.to(misspelt, KEYS)).first().isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"epochs", "x", "''", "zzzzzzzz"})
    void suggestsNothingForSomethingElse(String other) {
        assertThat(Nearest.to(other, KEYS)).isEmpty();
        assertThat(Nearest.question(other, KEYS)).isEmpty();
    }

    @Test
    void offersAtMostThree() {
        assertThat(Nearest.question("layer", List.of("layer1", "layer2", "layer3", "layer4")))
                .isEqualTo(" Did you mean 'layer1', 'layer2' or 'layer3'?");
    }
}
