package org.bpfree.graph;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/** The values of the parameters of a graph. */
public final class Parameters {
    private final Map<Parameter, Tensor> values = new LinkedHashMap<>();

    /** Draws initial values; those of a parameter depend on the seed and its key only. */
    public static Parameters initialize(Collection<Parameter> parameters, Precision precision, long seed) {
        Parameters drawn = new Parameters();
        for (Parameter parameter : parameters) {
            Tensor value = Tensor.zeros(precision, parameter.spec().shape());
            value.write(InitialValues.draw(parameter.spec(), RandomStream.of(seed, "initialize/" + parameter.key())));
            drawn.values.put(parameter, value);
        }
        return drawn;
    }

    /** The value of a parameter. */
    public Tensor get(Parameter parameter) {
        return values.get(parameter);
    }

    /** All parameters with their values, in the order of the graph. */
    public Map<Parameter, Tensor> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
