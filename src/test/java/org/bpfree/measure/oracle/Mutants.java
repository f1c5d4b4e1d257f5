package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.List;

/** Wrong learners and kernels that {@code verify} has to catch. Whoever adds a learner adds its mutants here. */
final class Mutants {
    private static final String CONVOLUTIONAL = "convolutional";
    private static final String RESIDUAL = "residual";
    private static final String TOKENS = "tokens";
    private static final String SHARED = "shared";
    private static final String INVERTIBLE = "invertible";
    private static final String SPIKING = "spiking";

    private final List<Mutant> all = new ArrayList<>();

    private Mutants() {}

    /** All of them. */
    static List<Mutant> all() {
        Mutants mutants = new Mutants();
        mutants.feedback();
        mutants.projections();
        mutants.errorKernels();
        mutants.inference();
        mutants.targets();
        mutants.spikes();
        mutants.gradients();
        mutants.kernels();
        return mutants.all;
    }

    private void add(String name, String file, String text, String wrong, String network, String learner) {
        all.add(new Mutant(name, file, text, wrong, network, "{type: " + learner + "}"));
    }

    private void feedback() {
        String file = "learn/feedback/StandInLearner.java";
        String standIn = "return feedback != null ? feedback : super.standIn(parameter);";
        for (String learner :
                List.of("fa", "frsf", "usf", "brsf", "kolen-pollack", "weight-mirror, warmup: 5, samples: 16")) {
            add(
                    learner + " whose errors go through the weights",
                    file,
                    standIn,
                    "return super.standIn(parameter);",
                    CONVOLUTIONAL,
                    learner);
        }
        add(
                "fa whose feedback is a copy of the weights",
                "learn/feedback/FeedbackLearner.java",
                "double[] values = InitialValues.draw(law(spec), RandomStream.of(context.seed(), name));",
                "double[] values = InitialValues.draw(law(spec), RandomStream.of(context.seed(), name.replace(\"feedback/\", \"initialize/\")));",
                CONVOLUTIONAL,
                "fa");
        add(
                "feedback without its scale",
                "learn/feedback/FeedbackLearner.java",
                "values[i] *= settings.scale();",
                "values[i] *= 1;",
                CONVOLUTIONAL,
                "fa, scale: 0.5");
        add(
                "errors that are not clipped",
                "learn/feedback/FeedbackLearner.java",
                "settings.clipErrors() == 0 || !weighted",
                "true",
                CONVOLUTIONAL,
                "fa, clipErrors: 0.01");
        add(
                "usf with negated feedback",
                "learn/feedback/UniformSignLearner.java",
                "return Elementwise.sign(weights, c, feedback);",
                "return Elementwise.sign(weights, -c, feedback);",
                CONVOLUTIONAL,
                "usf");
        add(
                "usf with the norm of the initial weights when the present one is asked for",
                "learn/feedback/UniformSignLearner.java",
                "norm.rescale(settings.scale() * present.value())",
                "norm.rescale(settings.scale() * 1.001 * present.value())",
                CONVOLUTIONAL,
                "usf, magnitude: strict");
        add(
                "frsf whose magnitudes have signs",
                "learn/feedback/FixedSignLearner.java",
                "x[i] = Math.abs(x[i]);",
                "x[i] = x[i];",
                CONVOLUTIONAL,
                "frsf");
        add(
                "frsf with the signs that the weights began with",
                "learn/feedback/SignLearner.java",
                "refreshBy(signedMagnitudes);",
                "signedMagnitudes.run();",
                CONVOLUTIONAL,
                "frsf");
        add(
                "brsf that keeps its first magnitudes",
                "learn/feedback/BatchSignLearner.java",
                "context.noise().stream(name(parameter))",
                "org.bpfree.random.RandomStream.of(1, name(parameter), 0)",
                CONVOLUTIONAL,
                "brsf");
        add(
                "feedback that disagrees where it should agree",
                "learn/feedback/SignLearner.java",
                "flips[i] = -1;",
                "flips[i] = 1;",
                CONVOLUTIONAL,
                "frsf, concordance: 0.5");
        add(
                "Kolen-Pollack whose feedback never moves",
                "learn/feedback/KolenPollackLearner.java",
                "trainOwn(name(parameter), feedback, update(parameter));",
                "trainOwn(name(parameter), feedback, Tensor.zeros(feedback.precision(), feedback.shape()));",
                CONVOLUTIONAL,
                "kolen-pollack");
        add(
                "Kolen-Pollack that trains another tensor than it uses",
                "learn/feedback/KolenPollackLearner.java",
                "standIn(parameter, feedback);",
                "standIn(parameter, draw(name(parameter), parameter.spec()));",
                CONVOLUTIONAL,
                "kolen-pollack");
        add(
                "Kolen-Pollack whose feedback is used negated",
                "learn/feedback/KolenPollackLearner.java",
                "standIn(parameter, feedback);",
                "Tensor negative = Tensor.zeros(feedback.precision(), feedback.shape());\n"
                        + "            refreshBy(org.bpfree.tensor.Elementwise.scale(feedback, -1, negative));\n"
                        + "            standIn(parameter, negative);",
                CONVOLUTIONAL,
                "kolen-pollack");
        add(
                "a mirror that forgets its scale",
                "learn/feedback/Mirror.java",
                "double factor = scale / samples;",
                "double factor = 1.1 * scale / samples;",
                CONVOLUTIONAL,
                "weight-mirror, warmup: 5, samples: 16");
        add(
                "a mirror that does not leak",
                "learn/feedback/Mirror.java",
                "kept = 1 - mu;",
                "kept = 1;",
                CONVOLUTIONAL,
                "weight-mirror, warmup: 5, samples: 16");
    }

    private void projections() {
        String file = "learn/feedback/DirectLearner.java";
        add(
                "drtp with a flipped label",
                file,
                "s.set(image * classes + labels[image], 1);",
                "s.set(image * classes + labels[image], -1);",
                CONVOLUTIONAL,
                "drtp");
        add(
                "sdfa without the sign",
                file,
                "case ERROR_SIGN -> Elementwise.sign(outputError, 1, s);",
                "case ERROR_SIGN -> Elementwise.copy(outputError, s);",
                CONVOLUTIONAL,
                "sdfa");
        add(
                "dfa that projects the sign",
                file,
                "case ERROR -> Elementwise.copy(outputError, s);",
                "case ERROR -> Elementwise.sign(outputError, 1, s);",
                CONVOLUTIONAL,
                "dfa");
        add(
                "dfa through kernels that forgets its error's size",
                file,
                "return Spread.overPositions(s, spread)",
                "return Spread.overPositions(s, spread).then(Elementwise.scale(spread, 0.5, spread))",
                CONVOLUTIONAL,
                "dfa, projection: convolution");
        add(
                "dfa that is backpropagation",
                file,
                "projection == null || wiring.inputError() == null",
                "true",
                CONVOLUTIONAL,
                "dfa");
    }

    private void errorKernels() {
        String file = "learn/ekdaa/EkdaaLearner.java";
        add(
                "ekdaa that ignores beta",
                file,
                "Elementwise.scale(kernel, relative() ? 1 : settings.beta(), standIn)",
                "Elementwise.scale(kernel, 1, standIn)",
                CONVOLUTIONAL,
                "ekdaa");
        add(
                "ekdaa whose kernels move ten times as far",
                file,
                "Elementwise.scale(update(parameter), settings.gamma(), update)",
                "Elementwise.scale(update(parameter), 10 * settings.gamma(), update)",
                CONVOLUTIONAL,
                "ekdaa");
        for (String kernels : List.of("transposed", "random")) {
            add(
                    "ekdaa with negated hidden errors, kernels " + kernels,
                    file,
                    "Elementwise.scale(kernel, relative() ? 1 : settings.beta(), standIn)",
                    "Elementwise.scale(kernel, -settings.beta(), standIn)",
                    CONVOLUTIONAL,
                    "ekdaa, errorKernels: " + kernels);
        }
        add(
                "ekdaa with the derivative in the place of the difference",
                file,
                "pass.kernel(node).displaced(wiring)",
                "pass.kernel(node).backward(wiring)",
                CONVOLUTIONAL,
                "ekdaa");
        add(
                "ekdaa whose relative displacement has half its size",
                file,
                "move.rescale(settings.beta() * moved.value())",
                "move.rescale(settings.beta() * 0.5 * moved.value())",
                CONVOLUTIONAL,
                "ekdaa, displacement: relative");
        add(
                "ekdaa whose random kernels are the weights",
                file,
                "kernel.write(InitialValues.draw(parameter.spec(), RandomStream.of(context.seed(), name)));",
                "kernel.copyFrom(weights);",
                CONVOLUTIONAL,
                "ekdaa, errorKernels: random");
    }

    private void inference() {
        String file = "learn/predictive/MovingState.java";
        String change = "change[i] = shown * change[i] - moved[i];";
        add(
                "predictive coding with the sign of its errors turned round",
                file,
                "Elementwise.scale(s, -rule.precision, e)",
                "Elementwise.scale(s, rule.precision, e)",
                CONVOLUTIONAL,
                "predictive-coding");
        add(
                "incremental predictive coding with the sign of its errors turned round",
                file,
                change,
                "change[i] = moved[i] - shown * change[i];",
                CONVOLUTIONAL,
                "incremental-pc, rounds: 4");
        add(
                "states that do not move by what is pulled",
                file,
                "Elementwise.blend(s, 1, pull, -rate, s)",
                "Elementwise.blend(s, 1, pull, -0.9 * rate, s)",
                CONVOLUTIONAL,
                "predictive-coding");
        add(
                "predictions whose change is not followed",
                file,
                change,
                "change[i] = -moved[i];",
                CONVOLUTIONAL,
                "predictive-coding, rounds: 8, inferenceRate: 0.3");
        add(
                "predictive coding with one round too few",
                "learn/predictive/PredictiveCodingLearner.java",
                "round <= settings.rounds(); round++",
                "round <= settings.rounds(); round += round == 0 ? 2 : 1",
                CONVOLUTIONAL,
                "predictive-coding");
        add(
                "incremental predictive coding whose states stand still",
                "learn/predictive/IncrementalPcLearner.java",
                "inference.move(round);",
                "",
                CONVOLUTIONAL,
                "incremental-pc, rounds: 4");
        add(
                "z-il with another inference rate",
                "learn/predictive/ZilFrontLearner.java",
                "settings.gamma() == 1 ? Routine.NOTHING : Elementwise.scale(pull, settings.gamma(), pull)",
                "Elementwise.scale(pull, 0.999, pull)",
                CONVOLUTIONAL,
                "z-il, form: state");
        add(
                "z-il that fires late",
                "learn/predictive/ZilFullLearner.java",
                "case LEVEL -> levels.level(node);",
                "case LEVEL -> levels.level(node) + 1;",
                SHARED,
                "z-il, schedule: full");
    }

    private void targets() {
        String file = "learn/gait/Displacement.java";
        String adjusted = "double adjusted = targets.adjusted() ? slope * slope * e[i] : e[i];";
        add(
                "adaptive gait-prop without the squared derivative",
                file,
                adjusted,
                "double adjusted = e[i];",
                INVERTIBLE,
                "gait-prop");
        add(
                "fixed gait-prop without the squared derivative",
                file,
                adjusted,
                "double adjusted = e[i];",
                INVERTIBLE,
                "gait-prop, increment: fixed");
        add(
                "itp with the squared derivative",
                file,
                adjusted,
                "double adjusted = slope * slope * e[i];",
                INVERTIBLE,
                "itp, increment: fixed, gamma: 0.4");
        add(
                "increments that forget the number of units",
                "learn/gait/Increments.java",
                "rootUnits = Math.sqrt(units);",
                "rootUnits = 1;",
                INVERTIBLE,
                "gait-prop, gamma: 0.3");
        add(
                "errors through the transposed weights",
                "learn/gait/TargetRule.java",
                "return pad.then(inverse.solveRows(below));",
                "return pad.then(org.bpfree.tensor.MatrixProduct.of(below.reshape(below.shape()),"
                        + " context.parameters().get(node.parameters().get(0)), context.arena().batch(\"wrong\","
                        + " pass.batch(), node.inputs().get(0).shape())))"
                        + ".then(Elementwise.copy(context.arena().batch(\"wrong\", pass.batch(),"
                        + " node.inputs().get(0).shape()), below)).then(Elementwise.scale(below, 1.01, below));",
                INVERTIBLE,
                "target-prop");
    }

    private void spikes() {
        String rules = "learn/spiking/LocalRules.java";
        add(
                "spiking backpropagation without leak",
                rules,
                "now[i] += leak * (1 - Neurons.spike(potential[i] - threshold)) * next[i];",
                "now[i] += (1 - Neurons.spike(potential[i] - threshold)) * next[i];",
                SPIKING,
                "spiking-backprop");
        add(
                "spiking backpropagation with a wrong synaptic filter",
                rules,
                "now[i] = traceRate * now[i] + traceLeft * next[i];",
                "now[i] = now[i] + traceLeft * next[i];",
                SPIKING,
                "spiking-backprop");
        add(
                "units without leak",
                "learn/spiking/FloatNeurons.java",
                "leak = (float) neuron.leak();",
                "leak = 1;",
                SPIKING,
                "spiking-microcircuit");
        add(
                "units that are not reset",
                "learn/spiking/FloatNeurons.java",
                "post[i] = potential - potential * spike;",
                "post[i] = potential;",
                SPIKING,
                "spiking-microcircuit");
        add(
                "a window of another width",
                "learn/spiking/FloatSurrogateGate.java",
                "perWidth = (float) (1 / neuron.surrogateWidth());",
                "perWidth = (float) (1.1 / neuron.surrogateWidth());",
                SPIKING,
                "spiking-microcircuit");
        add(
                "a gate that goes forwards in time",
                "learn/spiking/FloatSurrogateGate.java",
                "for (int t = steps - 1; t >= 0; t--) {",
                "for (int t = 0; t < steps; t++) {",
                SPIKING,
                "spiking-microcircuit");
        add(
                "a microcircuit through the weights",
                "learn/spiking/FeedbackWeights.java",
                "return standIns.getOrDefault(parameter, weights(parameter));",
                "return weights(parameter);",
                SPIKING,
                "spiking-microcircuit");
        add(
                "a smooth model without the reset's derivative",
                rules,
                "slopeOfSpike * (e[t][i] - u[t][i] * later)",
                "slopeOfSpike * e[t][i]",
                SPIKING,
                "spiking-backprop, rule: smooth");
        add(
                "spike times that nothing limits",
                rules,
                "private static final double LARGEST_TIMING = 8;",
                "private static final double LARGEST_TIMING = 0.5;",
                SPIKING,
                "spiking-backprop, rule: spike-timing");
        add(
                "a target that is not filtered twice",
                "learn/spiking/ObjectiveSettings.java",
                "return targetFilter == 1 ? once : neuron.trace(once);",
                "return once;",
                SPIKING,
                "spiking-microcircuit, objective: {targetFilter: 2}");
        add(
                "error cells that forget what is left",
                "learn/spiking/ErrorCells.java",
                "excess[i] -= quantum * excessSpikes;",
                "excess[i] = 0;",
                SPIKING,
                "spiking-microcircuit, errorCells: spiking");
    }

    private void gradients() {
        String tanh = "y[i] = error[i] * ((1 - y[i]) * (1 + y[i]));";
        for (String learner : List.of("backprop", "z-il", "dfa", "predictive-coding")) {
            add(
                    "tanh with derivative 1, " + learner,
                    "tensor/Activation.java",
                    tanh,
                    "y[i] = error[i];",
                    CONVOLUTIONAL,
                    learner);
        }
        for (String learner : List.of("backprop", "drtp")) {
            add(
                    "the label subtracted twice, " + learner,
                    "graph/Loss.java",
                    "            scores[from + k] /= sum;\n        }\n        scores[from + label] -= 1;",
                    "            scores[from + k] /= sum;\n        }\n        scores[from + label] -= 2;",
                    CONVOLUTIONAL,
                    learner);
        }
        add(
                "a loss that is told too small",
                "graph/Loss.java",
                "return Math.log(sum) - (labelScore - largest);",
                "return 0.99 * (Math.log(sum) - (labelScore - largest));",
                CONVOLUTIONAL,
                "backprop");
        add(
                "a shared weight that forgets one of its uses",
                "learn/ErrorSweep.java",
                "boolean shared = update != null && uses.merge(parameter, 1, Integer::sum) > 1;",
                "boolean shared = false;",
                SHARED,
                "backprop");
        add(
                "a residual sum that forgets one of its readers",
                "learn/ErrorSweep.java",
                "additions = additions.then(Elementwise.add(before, inputErrors[i], whole));",
                "additions = additions.then(Elementwise.copy(before, whole));",
                RESIDUAL,
                "backprop");
        add(
                "shallow that trains everything",
                "learn/shallow/ShallowProvider.java",
                "? node == graph.lastWeighted()",
                "? true",
                CONVOLUTIONAL,
                "shallow");
        add(
                "a bias that is not trained",
                "learn/backprop/BackpropLearner.java",
                "this(context, context.graph().trainableParameters());",
                "this(context, context.graph().trainableParameters().stream().filter(Parameter::carriesErrors).toList());",
                CONVOLUTIONAL,
                "backprop");
    }

    private void kernels() {
        add(
                "a prediction with the statistics of its batch",
                "graph/op/BatchNormOp.java",
                "return binding.mode() == Kernel.Mode.TRAIN",
                "return binding.mode() != null",
                RESIDUAL,
                "backprop");
        add(
                "a prediction with dropout",
                "graph/op/DropoutOp.java",
                "binding.mode() == Kernel.Mode.PREDICT",
                "binding.mode() == null",
                TOKENS,
                "fa");
        add(
                "normalization without the mean of the error",
                "tensor/BatchNormalization.java",
                "offset[c] = remembered ? 0 : -factor[c] * errorSum[c] / rows;",
                "offset[c] = 0;",
                RESIDUAL,
                "backprop");
        add(
                "normalization of the layer without its product term",
                "tensor/LayerNormalization.java",
                "errors[from + i] - sum - chunk[from + i] * product",
                "errors[from + i] - sum",
                TOKENS,
                "backprop");
        add(
                "attention without its scale",
                "tensor/Attention.java",
                "scale = 1 / Math.sqrt(queries.shape().extent(2) / (double) heads);",
                "scale = 1;",
                TOKENS,
                "backprop");
        add(
                "the softmax of attention without its sum",
                "tensor/Attention.java",
                "double sum = Sums.dot(g, a, from, tokens);",
                "double sum = 0;",
                TOKENS,
                "fa");
        add(
                "gelu without the bend of its derivative",
                "tensor/Gelu.java",
                "x[i] = error[i] * 0.5f * (1 + tanh[i] + bend);",
                "x[i] = error[i] * 0.5f * (1 + tanh[i]);",
                RESIDUAL,
                "backprop");
        add(
                "sigmoid with half its derivative",
                "tensor/Activation.java",
                "y[i] = error[i] * (y[i] * (1 - y[i]));",
                "y[i] = error[i] * (0.5f * y[i] * (1 - y[i]));",
                TOKENS,
                "backprop");
        add(
                "a rectifier that lets everything back",
                "tensor/Activation.java",
                "y[i] = error[i] * Chunked.isPositive(y[i]);",
                "y[i] = error[i];",
                SHARED,
                "backprop");
        add(
                "a pool that gives the error to the last of a window",
                "tensor/MaxPoolingError.java",
                "for (int row = 0; row < rows; row++) {",
                "for (int row = 0; row < rows - 1; row++) {",
                CONVOLUTIONAL,
                "backprop");
        add(
                "a mean over positions that divides once too often",
                "tensor/ChannelMean.java",
                "                    shares[c] /= positions;",
                "                    shares[c] /= positions * 1.01;",
                RESIDUAL,
                "backprop");
        add(
                "dropout that lets other units learn than it kept",
                "graph/op/DropoutOp.java",
                ": multiply(wiring.error(), mask, wiring.inputError());",
                ": Elementwise.copy(wiring.error(), wiring.inputError());",
                TOKENS,
                "backprop");
        add(
                "a product whose error forgets the other factor",
                "graph/op/MultiplyOp.java",
                "if (other != i) {",
                "if (other != i && other != 0) {",
                TOKENS,
                "backprop");
        add(
                "a position embedding that is not learned as a sum",
                "graph/op/PositionEmbeddingOp.java",
                ": ColumnSum.of(wiring.error(), wiring.gradients()[0]);",
                ": Elementwise.copy(wiring.error().first(1), wiring.gradients()[0].reshape(wiring.error().first(1).shape()));",
                TOKENS,
                "backprop");
        add(
                "a sum-pool without its weight on the way down",
                "tensor/SumPooling.java",
                "error.read(row * rows.outputRow, out, 0, rows.outputRow);\n                for (int i = 0; i < out.length; i++) {\n                    out[i] *= weight;",
                "error.read(row * rows.outputRow, out, 0, rows.outputRow);\n                for (int i = 0; i < out.length; i++) {\n                    out[i] *= 1;",
                SPIKING,
                "spiking-backprop");
    }
}
