package org.bpfree.data;

import java.util.List;

/**
 * What is known of the images of a dataset without reading them.
 *
 * @param title for people
 * @param shape of one image
 * @param classNames one name a class, in the order of the labels
 * @param trainImages images of the training split, at least 1
 * @param testImages images of the test split, at least 1
 * @param licence under which terms it may be used
 * @param citation whom to cite
 * @param homePage where it is published, possibly empty
 */
public record DatasetDescription(
        String title,
        ImageShape shape,
        List<String> classNames,
        int trainImages,
        int testImages,
        String licence,
        String citation,
        String homePage) {
    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if there are no classes, or a split has no images
     */
    public DatasetDescription {
        classNames = List.copyOf(classNames);
        if (classNames.isEmpty() || trainImages < 1 || testImages < 1) {
            throw new IllegalArgumentException("'" + title + "' needs classes, training images and test images, has "
                    + classNames.size() + ", " + trainImages + " and " + testImages);
        }
    }

    /** The number of classes. */
    public int classes() {
        return classNames.size();
    }
}
