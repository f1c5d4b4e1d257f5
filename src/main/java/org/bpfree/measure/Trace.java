package org.bpfree.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bpfree.data.Normalizer;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.Snapshot;

/**
 * Every tensor of one learning step, for comparison with other programs. Values are those before the step, so that a step that starts
 * from them is the same. Updates and gradients are sums over the batch; errors are those of single images, not averaged.
 */
public final class Trace {
    /** What the names of stand-ins for weights begin with. */
    public static final String FEEDBACK = "feedback/";

    /** What a trace tells of its step, by the first part of the name: no values to start from. */
    public static final Set<String> GROUPS_OF_STEP = Set.of(
            "input",
            "labels",
            "loss",
            FEEDBACK + "*",
            "activation/*",
            "forward/*",
            "state/*",
            "error/*",
            "update/*",
            "backprop/*");

    private Trace() {}

    /**
     * Learns the batch once, without moving anything that is trained, and collects all tensors.
     *
     * @param normalizer how the images of the batch were made from pixels
     */
    public static NumpyArchive of(
            LearnerContext context,
            Learner learner,
            LabelledImages batch,
            BackpropReference reference,
            Normalizer normalizer) {
        NumpyArchive archive = new NumpyArchive();
        archive.add("input", batch.images());
        archive.add("labels", batch.labels(), batch.size());
        // Before learning: remembered statistics and mirrors move with the step.
        Snapshot.ofArchive(context.parameters(), learner).forEach(archive::add);
        Loss.Result loss = learner.learn(batch);
        archive.add("loss", loss.meanLoss());
        learner.feedback().forEach((key, tensor) -> archive.add(FEEDBACK + key, tensor));
        learner.activations(batch).forEach((node, tensor) -> archive.add("activation/" + node, tensor));
        Map<String, Tensor> states = learner.nodeStates(batch);
        states.forEach((node, tensor) -> archive.add("state/" + node, tensor));
        learner.errors(batch).forEach((node, tensor) -> archive.add("error/" + node, tensor));
        for (Trained trained : learner.trained()) {
            archive.add("update/" + trained.name(), trained.update());
        }
        reference.gradients(batch).forEach((key, tensor) -> archive.add("backprop/" + key, tensor));
        if (!states.isEmpty()) {
            reference.activations(batch).forEach((node, tensor) -> archive.add("forward/" + node, tensor));
        }
        archive.addText(Layout.FILE, layout(context, !states.isEmpty(), normalizer));
        return archive;
    }

    /** What each group of arrays is, by the first part of the name. */
    private static Map<String, String> meanings(boolean inference) {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("parameter/*", "values of the network before the step; --init reads them");
        meanings.put(
                "learner/*",
                "the learner's own tensors before the step, such as magnitudes, error kernels and projections; --init reads them");
        meanings.put(
                FEEDBACK + "*",
                "what stood in for the weights of the same name on the way of the error in this step, which may differ from what the learner keeps");
        if (inference) {
            meanings.put(
                    "activation/*",
                    "what the states of a node's inputs predicted for it in the last round of inference (mu)");
            meanings.put("forward/*", "activations of the forward pass that inference starts from");
            meanings.put("state/*", "the state of each node that has one after the last round (x)");
            meanings.put(
                    "error/*",
                    "the prediction error mu - x of each node that has a state, what its readers pull of the others; in the last round, with z-il in the round that is the level of the node");
        } else {
            meanings.put("activation/*", "activations of the forward pass");
            meanings.put("error/*", "the error that reached the output of each node");
        }
        meanings.put("update/*", "what the learner says, for the network and for its own tensors");
        meanings.put("backprop/*", "what backpropagation says");
        return meanings;
    }

    private static String layout(LearnerContext context, boolean inference, Normalizer normalizer) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put(
                "sums",
                "update/* and backprop/* are summed over the batch; error/* belong to single images; loss is the mean");
        more.put("arrays", meanings(inference));
        return Layout.of(Layout.Order.CHANNELS_LAST, context.graph(), context.lossFunction(), normalizer, more);
    }
}
