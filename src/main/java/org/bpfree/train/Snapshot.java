package org.bpfree.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/** The tensors of a run by name: what a checkpoint holds. */
public final class Snapshot {
    /** What the names of a network's values begin with. */
    public static final String PARAMETER = "parameter/";
    /** What the names of a learner's own tensors begin with in a NumPy archive. */
    public static final String LEARNER = "learner/";

    private Snapshot() {}

    /** Tensors from which predictions follow: the network and the learner's own. */
    public static Map<String, Tensor> ofModel(Parameters parameters, Learner learner) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters.asMap().forEach((parameter, value) -> tensors.put(PARAMETER + parameter.key(), value));
        for (Trained trained : learner.trained()) {
            if (trained.own()) {
                tensors.put(LEARNER + trained.name(), trained.value());
            }
        }
        learner.state().forEach((name, value) -> tensors.put("state/" + name, value));
        return tensors;
    }

    /**
     * The tensors of {@link #ofModel} under the names of NumPy archives: {@code parameter/NODE/NAME} for the network and {@code learner/NAME}
     * for everything that is the learner's own, whether an optimizer moves it or not.
     */
    public static Map<String, Tensor> ofArchive(Parameters parameters, Learner learner) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters.asMap().forEach((parameter, value) -> tensors.put(PARAMETER + parameter.key(), value));
        for (Trained trained : learner.trained()) {
            if (trained.own()) {
                tensors.put(LEARNER + trained.name(), trained.value());
            }
        }
        learner.state().forEach((name, value) -> tensors.put(LEARNER + name, value));
        return tensors;
    }

    /** All tensors from which training goes on. */
    public static Map<String, Tensor> ofRun(Parameters parameters, Learner learner, Optimizer optimizer) {
        Map<String, Tensor> tensors = ofModel(parameters, learner);
        optimizer.slots().forEach((name, value) -> tensors.put("optimizer/" + name, value));
        return tensors;
    }
}
