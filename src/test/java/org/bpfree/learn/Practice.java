package org.bpfree.learn;

import java.util.List;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.testing.Yaml;
import org.bpfree.train.Optimizer;
import org.bpfree.train.StepNoise;

/** A learner that trains on a bench with the optimizer and the noise of a real run. */
public final class Practice {
    /** The learner. */
    public final Learner learner;
    /** What the learner was given. */
    public final LearnerContext context;

    private final Bench bench;
    private final StepNoise noise = new StepNoise(7);
    private final Optimizer optimizer;
    private final double rate;
    private long step;

    /** A learner written as in an experiment file, such as {@code {type: usf, scale: 2}}. */
    public Practice(String learner, Bench bench, double rate, double momentum, double weightDecay) {
        this.bench = bench;
        this.rate = rate;
        context = LearnerContext.of(
                bench.graph,
                bench.parameters,
                LossFunction.CROSS_ENTROPY,
                new Arena(bench.batch.images().precision()),
                noise,
                7);
        LearnerSettings settings = settings(learner);
        this.learner = ModelCheck.chosen(settings).create(context);
        optimizer = new Optimizer(
                Yaml.optimizer("{type: sgd, learningRate: %s, momentum: %s, weightDecay: %s}"
                        .formatted(rate, momentum, weightDecay)),
                this.learner.trained());
    }

    /** The settings of a learner written as in an experiment file. */
    public static LearnerSettings settings(String learner) {
        String experiment = """
                name: practice
                data: {dataset: synthetic}
                model: {layers: [{type: flatten}, {type: dense, units: 10, bias: false}]}
                loss: squared-error
                learner: %s
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1}
                """;
        // Whether they suit the network here does not matter.
        return new ExperimentLoader(InstalledTypes.find(), List.of())
                .read(learner, experiment.formatted(learner), List.of())
                .experiment()
                .learner();
    }

    /** A learner on a bench whose noise stands still. */
    public static Learner learner(String settings, Bench bench) {
        LearnerSettings parsed = settings(settings);
        return ModelCheck.chosen(parsed).create(bench.context());
    }

    /** What a learner finds of a network in single precision. */
    public static Findings findings(String learner, Graph graph, LossFunction loss) {
        return ModelCheck.chosen(settings(learner)).check(graph, loss, Precision.FLOAT32);
    }

    /** Learns the batch of the bench without moving anything. */
    public Loss.Result learn() {
        noise.at(step);
        return learner.learn(bench.batch);
    }

    /** Learns the batch of the bench and moves all tensors by the mean update. */
    public Loss.Result step() {
        return step(bench.batch);
    }

    /** Learns a batch and moves all tensors by the mean update. */
    public Loss.Result step(LabelledImages batch) {
        noise.at(step);
        Loss.Result result = learner.learn(batch);
        step++;
        move(batch, 0);
        for (int update = 1; update < learner.updatesPerBatch(); update++) {
            learner.learnMore(batch, update);
            move(batch, update);
        }
        return result;
    }

    private void move(LabelledImages batch, int update) {
        optimizer.apply(
                1.0 / batch.size(),
                each -> rate,
                (step - 1) * learner.updatesPerBatch() + update + 1,
                learner.moved(update));
    }
}
