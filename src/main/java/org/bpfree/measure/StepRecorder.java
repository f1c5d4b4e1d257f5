package org.bpfree.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/** Copies a learning step beside backpropagation's on the same weights and batch. */
public final class StepRecorder {
    private final LearnerContext context;
    private final Learner learner;
    private final BackpropReference reference;

    /** A recorder for a learner and the context it was created with, beside plain backpropagation. */
    public StepRecorder(LearnerContext context, Learner learner) {
        this(context, learner, new BackpropReference(context));
    }

    /** A recorder for a learner and the context it was created with, beside a reference on the same context. */
    public StepRecorder(LearnerContext context, Learner learner, BackpropReference reference) {
        this.context = context;
        this.learner = learner;
        this.reference = reference;
    }

    /** The step that {@link Learner#learn} of this batch has just found, before anything was moved. */
    public StepView record(LabelledImages batch, long step) {
        Map<String, double[]> updates = new HashMap<>();
        for (Trained trained : learner.trained()) {
            updates.put(trained.name(), trained.update().toDoubles());
        }
        Map<String, double[]> feedback = copies(learner.feedback());
        Map<String, Tensor> gradients = reference.gradients(batch);
        List<StepView.Layer> layers = new ArrayList<>();
        for (Parameter parameter : context.graph().trainableParameters()) {
            String key = parameter.key();
            double[] value = context.parameters().get(parameter).toDoubles();
            double[] gradient = gradients.containsKey(key) ? gradients.get(key).toDoubles() : unknown(value.length);
            layers.add(new StepView.Layer(key, value, updates.get(key), gradient, feedback.get(key)));
        }
        List<StepView.Own> own = learner.trained().stream()
                .filter(Trained::own)
                .map(each -> new StepView.Own(each.name(), each.value().toDoubles(), updates.get(each.name())))
                .toList();
        String output = context.graph().outputWeights().map(Parameter::key).orElse("");
        return new StepView(
                Math.toIntExact(step),
                layers,
                own,
                output,
                Arrays.copyOf(batch.labels(), batch.size()),
                copies(learner.errors(batch)),
                copies(learner.state()));
    }

    /** What a reference that leaves a parameter out says of it: no angle to it is defined. */
    private static double[] unknown(int length) {
        double[] gradient = new double[length];
        Arrays.fill(gradient, Double.NaN);
        return gradient;
    }

    private static Map<String, double[]> copies(Map<String, Tensor> tensors) {
        Map<String, double[]> copies = new HashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.toDoubles()));
        return copies;
    }
}
