package org.bpfree.data.catalogue;

import java.nio.file.Path;

/**
 * A picture file and the class of what it shows.
 *
 * @param file the picture
 * @param label number of the class
 * @param place where it is told, for messages, such as the line of a table; the file itself in a folder
 */
record LabelledPicture(Path file, int label, String place) {}
