package org.bpfree.data.catalogue;

import java.util.Comparator;
import java.util.List;
import org.bpfree.data.catalogue.FileReport.Status;

/**
 * What {@link DataVerifier} found out about one dataset.
 *
 * @param name of the dataset
 * @param files one report a file
 * @param images number of images in all sound files together
 * @param officialImages number of images in the published files
 */
public record DatasetReport(String name, List<FileReport> files, int images, int officialImages) {
    /** Takes a copy of the list. */
    public DatasetReport {
        files = List.copyOf(files);
    }

    /** The state of the worst file. */
    public Status status() {
        return files.stream()
                .map(FileReport::status)
                .max(Comparator.naturalOrder())
                .orElse(Status.OFFICIAL);
    }

    /** Whether no file at all is there. */
    public boolean absent() {
        return files.stream().allMatch(file -> file.status() == Status.MISSING);
    }

    /** Whether training can use it. */
    public boolean usable() {
        return status().compareTo(Status.SOUND) <= 0;
    }
}
