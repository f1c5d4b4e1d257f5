package org.bpfree.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;

/**
 * Every tensor of one learning step, for comparison with other programs. Updates and gradients are sums over the batch; errors are those
 * of single images, not averaged.
 */
public final class Trace {
    private Trace() {}

    /** Learns the batch once, without moving anything, and collects all tensors. */
    public static NumpyArchive of(
            LearnerContext context, Learner learner, LabelledImages batch, BackpropReference reference) {
        NumpyArchive archive = new NumpyArchive();
        archive.add("input", batch.images());
        archive.add("labels", batch.labels(), batch.size());
        Loss.Result loss = learner.learn(batch);
        archive.add("loss", loss.meanLoss());
        for (Parameter parameter : context.graph().parameters()) {
            archive.add("parameter/" + parameter.key(), context.parameters().get(parameter));
        }
        learner.feedback().forEach((key, tensor) -> archive.add("feedback/" + key, tensor));
        learner.activations(batch).forEach((node, tensor) -> archive.add("activation/" + node, tensor));
        learner.errors(batch).forEach((node, tensor) -> archive.add("error/" + node, tensor));
        for (Trained trained : learner.trained()) {
            archive.add("update/" + trained.name(), trained.update());
        }
        reference.gradients(batch).forEach((key, tensor) -> archive.add("backprop/" + key, tensor));
        archive.addText("layout.json", layout(context));
        return archive;
    }

    private static String layout(LearnerContext context) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Node node : context.graph().nodes()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", node.name());
            entry.put("type", node.op().kind());
            entry.put("inputs", node.inputs().stream().map(Node::name).toList());
            entry.put("shape", node.shape().toArray());
            entry.put("op", node.op().toString());
            nodes.add(entry);
        }
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put(
                "axes",
                Map.of(
                        "maps", "batch, height, width, channels",
                        "vectors", "batch, features",
                        "networks that spike", "steps, then as above",
                        "convolution weights", "out, kernel height, kernel width, in",
                        "dense weights", "out, in"));
        layout.put(
                "loss",
                context.lossName().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        layout.put(
                "sums",
                "update/* and backprop/* are summed over the batch; error/* belong to single images; loss is the mean");
        layout.put("nodes", nodes);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(layout) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a layout is plain data", e);
        }
    }
}
