package org.bpfree.measure.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Errors from the output down, by formulas: each node, in reverse topological order, adds to the errors of its inputs and to the gradients of
 * its parameters. What a family does differently is its {@link Rule}.
 */
final class NaiveSweep {
    private final NaivePass pass;
    private final Rule rule;
    private final double[][] errors;
    private final Map<String, double[]> gradients = new LinkedHashMap<>();

    /** What a family does differently from backpropagation, which is the default. */
    interface Rule {
        /** What stands for a parameter in the path of the error. */
        default double[] standIn(NaivePass pass, Parameter parameter) {
            return pass.parameter(parameter);
        }

        /** The error of a node that is no matter of its readers, or null. */
        default double[] given(Node node) {
            return null;
        }

        /** Turns the error of a node into errors of its inputs and gradients of its parameters. */
        default void backward(NaivePass pass, Node node, Flow flow) {
            pass.op(node).backward(pass.run(node), flow);
        }
    }

    private NaiveSweep(NaivePass pass, Rule rule) {
        this.pass = pass;
        this.rule = rule;
        errors = new double[pass.graph.nodes().size()][];
    }

    /**
     * Sweeps down.
     *
     * @param outputError the derivative of the loss by the output
     * @return the update of every trainable parameter, summed over the samples, by key
     */
    static Map<String, double[]> updates(NaivePass pass, double[] outputError, Rule rule) {
        NaiveSweep sweep = new NaiveSweep(pass, rule);
        sweep.errors[pass.graph.output().index()] = outputError;
        List<Node> nodes = pass.graph.nodes();
        for (int i = nodes.size() - 1; i > 0; i--) {
            sweep.descend(nodes.get(i));
        }
        sweep.gradients.values().forEach(pass.arithmetic::round);
        return sweep.gradients;
    }

    private void descend(Node node) {
        double[] given = rule.given(node);
        double[] error = given == null ? errors[node.index()] : given.clone();
        boolean useful = pass.graph.needsError(node);
        if (error == null || !useful) {
            return;
        }
        pass.arithmetic.round(error);
        rule.backward(pass, node, flow(node, error));
    }

    private Flow flow(Node node, double[] error) {
        double[][] standIns = node.parameters().stream()
                .map(parameter -> rule.standIn(pass, parameter))
                .toArray(double[][]::new);
        double[][] inputErrors = node.inputs().stream()
                .map(input -> pass.graph.needsError(input) && rule.given(input) == null ? errorOf(input) : null)
                .toArray(double[][]::new);
        double[][] wanted = node.parameters().stream()
                .map(parameter -> parameter.trainable() ? gradientOf(parameter) : null)
                .toArray(double[][]::new);
        return new Flow(standIns, error, inputErrors, wanted);
    }

    private double[] errorOf(Node node) {
        if (errors[node.index()] == null) {
            errors[node.index()] = new double[pass.output(node).length];
        }
        return errors[node.index()];
    }

    private double[] gradientOf(Parameter parameter) {
        return gradients.computeIfAbsent(parameter.key(), key -> new double[pass.parameter(parameter).length]);
    }
}
