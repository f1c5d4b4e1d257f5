package org.bpfree.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/** The tensors of a run by name: what a checkpoint holds. */
public final class Snapshot {
    private Snapshot() {}

    /** Tensors from which predictions follow: the network and the learner's own. */
    public static Map<String, Tensor> ofModel(Parameters parameters, Learner learner) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters.asMap().forEach((parameter, value) -> tensors.put("parameter/" + parameter.key(), value));
        for (Trained trained : learner.trained()) {
            if (trained.feedback()) {
                tensors.put("learner/" + trained.name(), trained.value());
            }
        }
        learner.state().forEach((name, value) -> tensors.put("state/" + name, value));
        return tensors;
    }

    /** All tensors from which training goes on. */
    public static Map<String, Tensor> ofRun(Parameters parameters, Learner learner, Optimizer optimizer) {
        Map<String, Tensor> tensors = ofModel(parameters, learner);
        optimizer.slots().forEach((name, value) -> tensors.put("optimizer/" + name, value));
        return tensors;
    }
}
