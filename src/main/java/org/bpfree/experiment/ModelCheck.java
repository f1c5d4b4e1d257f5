package org.bpfree.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.bpfree.binding.Problems;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.ChosenLearner;
import org.bpfree.learn.Findings;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Misfit;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.backprop.BackpropSettings;
import org.bpfree.model.GraphBuilder;
import org.bpfree.model.GraphProblem;
import org.bpfree.tensor.Shape;
import org.bpfree.train.TrainingSettings.ClassWeights;

/** Follows shapes through the network, asks the learner whether the network suits it, and compares sizes with the dataset. */
public final class ModelCheck implements ExperimentCheck {
    private Described last; // the cells of a sweep mostly share their data

    /** What is known of a dataset. */
    private record Described(DataSettings data, DatasetDescription description) {}

    @Override
    public void check(Experiment experiment, Problems problems) {
        DatasetDescription images = describe(experiment.data());
        checkSizes(experiment, images, problems);
        Optional<Graph> graph = GraphBuilder.build(
                experiment.model(),
                shape(images),
                images.classes(),
                problem -> problems.add(path(experiment, problem.layer(), problem.setting()), problem.message()));
        graph.ifPresent(network -> {
            ChosenLearner<?> learner = chosen(experiment.learner());
            checkMemory(experiment, network, learner.samplesPerImage(), problems);
            checkPenalty(experiment, network, problems);
            checkLabels(experiment, learner, problems);
            learner.check(network, experiment.loss(), experiment.training().precision())
                    .misfits()
                    .forEach(misfit -> report(experiment, network, misfit, problems));
            if (experiment.training().twin()) {
                Findings findings = new Findings();
                BackpropProvider.requireDerivatives(network, "backprop (training.twin)", findings);
                findings.misfits().forEach(misfit -> report(experiment, network, misfit, problems));
            }
        });
    }

    private DatasetDescription describe(DataSettings data) {
        if (last == null || !last.data().equals(data)) {
            last = new Described(data, data.description());
        }
        return last.description();
    }

    /**
     * The network of an experiment that has been checked, as its learner runs it.
     *
     * @throws IllegalStateException if it has not
     */
    public static Graph graph(Experiment experiment) {
        DatasetDescription images = experiment.data().description();
        Graph graph = GraphBuilder.build(
                        experiment.model(), shape(images), images.classes(), (GraphProblem problem) -> {
                            throw new IllegalStateException("an unchecked experiment: " + problem);
                        })
                .orElseThrow();
        return chosen(experiment.learner()).network(graph);
    }

    /** A learner by its settings. */
    public static ChosenLearner<?> chosen(LearnerSettings settings) {
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            if (provider.settings() == settings.getClass()) {
                return ChosenLearner.of(provider, settings);
            }
        }
        throw new IllegalStateException("no provider for " + settings.getClass());
    }

    /** The learner that says what backpropagation would do on the network as a learner runs it. */
    public static LearnerSettings reference(LearnerSettings settings) {
        return chosen(settings).reference().orElseGet(BackpropSettings::new);
    }

    /** The experiment of the twin of one: the same with the learner that says what backpropagation would do. */
    public static Experiment twin(Experiment experiment) {
        return experiment.alone(reference(experiment.learner()));
    }

    /** What the learner of a checked experiment finds worth knowing before a long run. */
    public static List<String> warnings(Experiment experiment) {
        List<String> warnings = new ArrayList<>(chosen(experiment.learner())
                .check(
                        graph(experiment),
                        experiment.loss(),
                        experiment.training().precision())
                .warnings());
        warnOfSingleImages(experiment, warnings);
        return warnings;
    }

    /** Standardizing one number over itself leaves nothing of it. */
    private static void warnOfSingleImages(Experiment experiment, List<String> warnings) {
        int batch = experiment.training().batchSize();
        int images = learned(experiment);
        int last = images % batch == 0 ? Math.min(batch, images) : images % batch;
        if (last > 1) {
            return;
        }
        // A map still has its own positions to normalize over, but in training only.
        graph(experiment).nodes().stream()
                .filter(node -> node.op().normalizesOverBatch()
                        && (batch == 1 || node.shape().rank() == 1))
                .findFirst()
                .ifPresent(node -> warnings.add("'" + node.name() + "' normalizes over the batch, and "
                        + (batch == 1 ? "every batch has one image. " : "the last batch of an epoch has one image. ")
                        + (node.shape().rank() == 1
                                ? "It leaves zeros of it, so nothing is learned there. "
                                : "It is normalized over itself, which predictions do not do. ")
                        + (batch == 1
                                ? "Use training.batchSize of 2 or more."
                                : "Choose training.batchSize so that " + images + " images leave no single one.")));
    }

    /** Images of an epoch. */
    private static int learned(Experiment experiment) {
        int images = experiment.data().description().trainImages()
                - experiment.data().validation();
        return experiment.data().trainLimit().of(images);
    }

    static Shape shape(DatasetDescription images) {
        ImageShape shape = images.shape();
        return Shape.of(shape.height(), shape.width(), shape.channels());
    }

    private static void report(Experiment experiment, Graph graph, Misfit misfit, Problems problems) {
        if (misfit.node().isEmpty()) {
            problems.add("learner" + (misfit.setting().isEmpty() ? "" : "." + misfit.setting()), misfit.message());
            return;
        }
        for (Node node : graph.nodes()) {
            if (node.name().equals(misfit.node())) {
                // Every layer makes one node, after the images.
                problems.add(path(experiment, node.index() - 1, ""), node.name() + ": " + misfit.message());
            }
        }
    }

    private static String path(Experiment experiment, int layer, String setting) {
        if (experiment.model().architecture().isPresent()) {
            // The layers of an architecture are not in the file, its own settings may be.
            return layer >= 0 || setting.isEmpty() ? "model.architecture" : "model.architecture." + setting;
        }
        if (layer < 0) {
            return "model.layers";
        }
        String path = "model.layers." + layer;
        return setting.isEmpty() ? path : path + "." + setting;
    }

    /**
     * One tensor holds at most 2 GiB.
     *
     * @param samples of an image
     */
    private static void checkMemory(Experiment experiment, Graph graph, int samples, Problems problems) {
        int bytes = experiment.training().precision().bytes() * samples;
        for (Node node : graph.nodes()) {
            long numbers = node.op().largestTensor(node.inputShapes());
            long largest = Integer.MAX_VALUE / (numbers * bytes);
            if (experiment.training().batchSize() > largest) {
                problems.add(
                        "training.batchSize",
                        experiment.training().batchSize() + " images are too many: '" + node.name() + "' needs "
                                + numbers * samples + " numbers for each, which would not fit into 2 GiB. At most "
                                + largest
                                + " do.");
                return;
            }
        }
    }

    /** Weights and mixtures of labels work in the loss. */
    private static void checkLabels(Experiment experiment, ChosenLearner<?> learner, Problems problems) {
        if (learner.readsLabelsThroughLoss()) {
            return;
        }
        String reason = ": " + experiment.learnerType() + " reads the labels of images itself, not through the loss.";
        if (experiment.training().classWeights() != ClassWeights.NONE) {
            problems.add("training.classWeights", "balanced would not reach the learner" + reason);
        }
        if (experiment.data().augment().mixup() > 0) {
            problems.add("data.augment.mixup", "mixtures of two labels would not reach the learner" + reason);
        }
    }

    private static void checkPenalty(Experiment experiment, Graph graph, Problems problems) {
        if (experiment.orthogonality().strength() > 0
                && graph.trainableParameters().stream().noneMatch(ModelCheck::isSquare)) {
            problems.add(
                    "orthogonality.strength",
                    experiment.orthogonality().strength()
                            + " has no effect: no layer has square weights. Use square-dense or square-conv, or set 0.");
        }
    }

    private static boolean isSquare(Parameter parameter) {
        long rows = parameter.spec().shape().extent(0);
        return parameter.carriesErrors()
                && rows * rows == parameter.spec().shape().size();
    }

    private static void checkSizes(Experiment experiment, DatasetDescription images, Problems problems) {
        DataSettings data = experiment.data();
        if (data.validation() >= images.trainImages()) {
            problems.add(
                    "data.validation",
                    data.validation() + " images cannot be held out: the training split has " + images.trainImages()
                            + ".");
        }
        int smaller = Math.min(images.shape().height(), images.shape().width());
        if (data.augment().crop() >= smaller) {
            problems.add(
                    "data.augment.crop",
                    data.augment().crop() + " pixels of padding are too many for images of " + smaller + " pixels.");
        }
        if (experiment.training().earlyStopping().isPresent() && data.validation() == 0) {
            problems.add(
                    "training.earlyStopping",
                    "early stopping watches the validation images, but data.validation is 0. Hold some out.");
        }
    }
}
