package org.bpfree.measure.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/**
 * What a learner publishes of one update, copied, in row-major order; all that a recomputation may read.
 *
 * @param step steps taken before this one
 * @param update number of the update within the batch, from 0
 * @param batch number of images
 * @param images {@code [batch, height, width, channels]}, normalized
 * @param labels label of each image
 * @param lossSum what the learner says the batch cost, summed over the images
 * @param parameters every tensor of the network before the update moves it, by key
 * @param own tensors that the learner trains for itself, before the update, by name
 * @param state the tensors of {@link Learner#state}, by name
 * @param feedback what stood in for weights, by the key of the parameter
 * @param updates what is to be verified, by the name of what the update moves
 * @param activations of the nodes that the learner ran, by name; they decide where rounding would, and nothing else
 * @param errors that reached the nodes, by name; as {@code activations}
 */
public record PublishedStep(
        long step,
        int update,
        int batch,
        double[] images,
        int[] labels,
        double lossSum,
        Map<String, double[]> parameters,
        Map<String, double[]> own,
        Map<String, double[]> state,
        Map<String, double[]> feedback,
        Map<String, double[]> updates,
        Map<String, double[]> activations,
        Map<String, double[]> errors) {
    /** Copies what a learner has just found, before anything is moved. */
    public static PublishedStep of(
            LearnerContext context, Learner learner, LabelledImages batch, Loss.Result loss, long step, int update) {
        Map<String, double[]> parameters = new LinkedHashMap<>();
        for (Map.Entry<Parameter, Tensor> entry : context.parameters().asMap().entrySet()) {
            parameters.put(entry.getKey().key(), entry.getValue().toDoubles());
        }
        Map<String, double[]> own = new LinkedHashMap<>();
        Map<String, double[]> updates = new LinkedHashMap<>();
        for (Trained trained : learner.moved(update)) {
            updates.put(trained.name(), trained.update().toDoubles());
        }
        for (Trained trained : learner.trained()) {
            if (trained.own()) {
                own.put(trained.name(), trained.value().toDoubles());
            }
        }
        return new PublishedStep(
                step,
                update,
                batch.size(),
                batch.images().toDoubles(),
                Arrays.copyOf(batch.labels(), batch.size()),
                loss.lossSum(),
                parameters,
                own,
                copies(learner.state()),
                copies(learner.feedback()),
                updates,
                copies(learner.activations(batch)),
                copies(learner.errors(batch)));
    }

    /** What stood for a parameter in the path of the error: its feedback where it has any, else its own value. */
    double[] standIn(Parameter parameter) {
        double[] stood = feedback.get(parameter.key());
        return stood == null ? parameters.get(parameter.key()) : stood;
    }

    /** The same step with some tensors of the network moved. */
    PublishedStep with(Map<String, double[]> moved) {
        Map<String, double[]> all = new LinkedHashMap<>(parameters);
        all.putAll(moved);
        return new PublishedStep(
                step, update, batch, images, labels, lossSum, all, own, state, feedback, updates, activations, errors);
    }

    /** The same step on other images. */
    PublishedStep on(double[] others) {
        return new PublishedStep(
                step,
                update,
                batch,
                others,
                labels,
                lossSum,
                parameters,
                own,
                state,
                feedback,
                updates,
                activations,
                errors);
    }

    private static Map<String, double[]> copies(Map<String, Tensor> tensors) {
        Map<String, double[]> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.toDoubles()));
        return copies;
    }
}
