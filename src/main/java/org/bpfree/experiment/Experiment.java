package org.bpfree.experiment;

import java.util.Optional;
import org.bpfree.binding.FolderName;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.ModelSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;
import org.bpfree.train.OrthogonalitySettings;
import org.bpfree.train.ProbeSettings;
import org.bpfree.train.TrainingSettings;

/**
 * A whole experiment file, every setting filled in.
 *
 * @param name the folder of its runs
 * @param seed origin of all random numbers
 * @param data the images
 * @param model the network
 * @param loss how far class scores are from the label
 * @param learner how credit is assigned
 * @param optimizer how updates change parameters
 * @param training how long and in which steps
 * @param probes what is measured beside the loss
 * @param orthogonality a penalty that keeps square weights near orthogonal
 */
public record Experiment(
        @Doc("Name of the experiment and of the folder of its runs.")
        String name,

        @Doc("Origin of all random numbers.") @Default("1") long seed,

        @Doc("The images.") DataSettings data,

        @Doc("The network.") ModelSettings model,

        @Doc("How far class scores are from the label.") @Default("cross-entropy")
        LossFunction loss,

        @Doc("How credit is assigned.") LearnerSettings learner,

        @Doc("How updates change parameters.") OptimizerSettings optimizer,

        @Doc("How long and in which steps.") TrainingSettings training,

        @Doc("What is measured beside the loss.") @Default("{}")
        ProbeSettings probes,

        @Doc("A penalty that keeps square weights near orthogonal.") @Default("{}")
        OrthogonalitySettings orthogonality) {
    /** Checks that the name can be the name of a folder on every system. */
    public Experiment {
        FolderName.require(name);
    }

    /** The same experiment under another name. */
    Experiment named(String other) {
        return new Experiment(other, seed, data, model, loss, learner, optimizer, training, probes, orthogonality);
    }

    /** The same experiment with another seed. */
    public Experiment withSeed(long other) {
        return new Experiment(name, other, data, model, loss, learner, optimizer, training, probes, orthogonality);
    }

    /** The same experiment with the layers of its network listed one by one, where it names an architecture. */
    public Experiment withLayersListed() {
        DatasetDescription images = data.description();
        ModelSettings listed =
                new ModelSettings(model.expandedLayers(ModelCheck.shape(images), images.classes()), Optional.empty());
        return new Experiment(name, seed, data, listed, loss, learner, optimizer, training, probes, orthogonality);
    }

    /** The name that chooses the learner: {@code learner.type}. */
    public String learnerType() {
        return learner.getClass().getAnnotation(TypeName.class).value();
    }

    /** The same experiment with another learner and no twin. */
    public Experiment alone(LearnerSettings other) {
        return new Experiment(
                name, seed, data, model, loss, other, optimizer, training.withoutTwin(), probes, orthogonality);
    }
}
