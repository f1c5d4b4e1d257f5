package org.bpfree.graph;

import org.bpfree.settings.Shorthand;
import org.bpfree.settings.TypeName;

/**
 * How far the class scores of an image are from its label: a record with a {@link TypeName}, which an {@link
 * org.bpfree.settings.Extension} announces. An implementation keeps nothing between images.
 */
@Shorthand
public interface LossFunction {
    /** Cross-entropy without smoothing. */
    LossFunction CROSS_ENTROPY = new CrossEntropy(0);

    /** Half the squared distance. */
    LossFunction SQUARED_ERROR = new SquaredError();

    /** Cross-entropy of each class by itself. */
    LossFunction BINARY_CROSS_ENTROPY = new BinaryCrossEntropy();

    /**
     * The loss of one image, whose scores are replaced by the derivative of the loss by each of them.
     *
     * @param scores of many images; those of this one begin at {@code from}
     * @param label 0 .. classes - 1
     */
    double ofImage(double[] scores, int from, int classes, int label);

    /** The mean loss over all labels of the scores that are best for all of them together, the same for every class. */
    double ofGuessing(int classes);

    /** Whether scores are read one class at a time, by a sigmoid, rather than all together, by a softmax. */
    default boolean separatesClasses() {
        return false;
    }

    /** The name that chooses it. */
    default String name() {
        return getClass().getAnnotation(TypeName.class).value();
    }
}
