package org.bpfree.measure.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.ImageSet;

/**
 * All disturbances of one command, which all networks meet alike: random numbers are those of one seed.
 *
 * @param images to be disturbed
 * @param epsilons largest changes of a pixel by attacks
 * @param seed of random numbers
 */
public record Disturbances(ImageSet images, List<Double> epsilons, long seed) {
    /**
     * Measures a network; clean images first.
     *
     * @param name of the run, for notes
     * @param surrogate makes black-box attacks; nothing leaves them out
     * @param notes what could not be measured is added to them
     */
    public List<Robustness.Line> meet(
            String name, Robustness.Victim victim, Optional<Robustness.Victim> surrogate, List<String> notes) {
        Robustness robustness = new Robustness(victim, images, seed);
        boolean differentiable = robustness.predictsByItsGraph();
        if (!differentiable) {
            notes.add(name + ": this learner does not predict by the forward pass of its layers, so there is no exact"
                    + " gradient of its predictions: attacks with its own gradient are left out");
        }
        List<Robustness.Line> lines = new ArrayList<>();
        lines.add(robustness.clean());
        for (Attack attack : Attack.values()) {
            for (double epsilon : epsilons) {
                if (differentiable) {
                    lines.add(robustness.attack(attack, epsilon, Optional.empty()));
                }
                if (surrogate.isPresent()) {
                    lines.add(robustness.attack(attack, epsilon, surrogate));
                }
            }
        }
        for (Corruption corruption : Corruption.values()) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                lines.add(robustness.corrupted(corruption, severity));
            }
        }
        return lines;
    }
}
