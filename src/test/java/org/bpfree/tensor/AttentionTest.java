package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Attention agrees with loops over the definition, on random shapes")
class AttentionTest {
    @RepeatedTest(20)
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "attention shapes");
        Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
        int batch = 1 + random.nextInt(4);
        int tokens = 1 + random.nextInt(9);
        int heads = 1 + random.nextInt(4);
        int features = heads * (1 + random.nextInt(6));
        Tensor[] qkv = new Tensor[3];
        Tensor[] errors = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            qkv[i] = RandomTensors.random(random, precision, batch, tokens, features);
            errors[i] = RandomTensors.zerosLike(qkv[i]);
        }
        Tensor error = RandomTensors.random(random, precision, batch, tokens, features);
        Tensor output = RandomTensors.zerosLike(error);
        Tensor weights = Tensor.zeros(precision, Shape.of(batch, heads, tokens, tokens));
        Tensor scratch = RandomTensors.zerosLike(weights);
        Naive naive = new Naive(qkv, error, heads);

        Attention attention = new Attention(qkv[0], qkv[1], qkv[2], output, weights);
        attention.forward().run();
        RandomTensors.assertClose(output, naive.output);
        attention.backward(error, errors, scratch).run();
        for (int i = 0; i < 3; i++) {
            RandomTensors.assertClose(errors[i], naive.inputErrors[i]);
        }
        Tensor alone = RandomTensors.zerosLike(errors[1]);
        attention.backward(error, new Tensor[] {null, alone, null}, scratch).run();
        RandomTensors.assertClose(alone, naive.inputErrors[1]);
    }

    @Test
    @DisplayName("negative control: one head instead of two is noticed")
    void headsMatter() {
        RandomGenerator random = RandomStream.of(1, "attention heads");
        Tensor q = RandomTensors.random(random, Precision.FLOAT64, 2, 5, 4);
        Tensor output = RandomTensors.zerosLike(q);
        Tensor weights = Tensor.zeros(Precision.FLOAT64, Shape.of(2, 1, 5, 5));
        new Attention(q, q, q, output, weights).forward().run();
        Tensor[] inputs = {q, q, q};
        assertThat(RandomTensors.difference(output, new Naive(inputs, q, 2).output))
                .isGreaterThan(1e-3);
    }

    /** The definition, index by index. */
    private static final class Naive {
        final double[] output;
        final double[][] inputErrors;

        Naive(Tensor[] inputs, Tensor error, int heads) {
            double[] q = inputs[0].toDoubles();
            double[] k = inputs[1].toDoubles();
            double[] v = inputs[2].toDoubles();
            double[] g = error.toDoubles();
            int batch = error.shape().extent(0);
            int tokens = error.shape().extent(1);
            int features = error.shape().extent(2);
            int d = features / heads;
            output = new double[q.length];
            inputErrors = new double[3][q.length];
            for (int b = 0; b < batch; b++) {
                for (int h = 0; h < heads; h++) {
                    for (int s = 0; s < tokens; s++) {
                        int row = (b * tokens + s) * features + h * d;
                        double[] a = new double[tokens];
                        double[] da = new double[tokens];
                        double sum = 0;
                        for (int t = 0; t < tokens; t++) {
                            int other = (b * tokens + t) * features + h * d;
                            double score = 0;
                            for (int i = 0; i < d; i++) {
                                score += q[row + i] * k[other + i];
                                da[t] += g[row + i] * v[other + i];
                            }
                            a[t] = Math.exp(score / Math.sqrt(d));
                            sum += a[t];
                        }
                        double mean = 0;
                        for (int t = 0; t < tokens; t++) {
                            a[t] /= sum;
                            mean += a[t] * da[t];
                        }
                        for (int t = 0; t < tokens; t++) {
                            int other = (b * tokens + t) * features + h * d;
                            double ds = a[t] * (da[t] - mean) / Math.sqrt(d);
                            for (int i = 0; i < d; i++) {
                                output[row + i] += a[t] * v[other + i];
                                inputErrors[0][row + i] += ds * k[other + i];
                                inputErrors[1][other + i] += ds * q[row + i];
                                inputErrors[2][other + i] += a[t] * g[row + i];
                            }
                        }
                    }
                }
            }
        }
    }
}
