package org.bpfree.data.catalogue;

import java.util.List;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.TypeName;

/** The datasets that come with the program; their manifests are the files {@code datasets/*.yaml}. */
public final class BuiltInDatasets implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(
                Mnist.class,
                FashionMnist.class,
                Cifar10.class,
                Cifar100.class,
                Svhn.class,
                Kmnist.class,
                EmnistLetters.class,
                EmnistBalanced.class,
                TinyImageNet.class,
                SyntheticDataset.class,
                PictureFolder.class,
                PictureTable.class,
                NumpyImages.class,
                IdxImages.class,
                CifarImages.class);
    }

    /** LeCun, Bottou, Bengio, Haffner 1998. */
    @TypeName("mnist")
    @Doc("28x28x1 handwritten digits.")
    public record Mnist() implements PublishedDataset {}

    /** Xiao, Rasul, Vollgraf 2017. */
    @TypeName("fashion-mnist")
    @Doc("28x28x1 articles of clothing.")
    public record FashionMnist() implements PublishedDataset {}

    /** Krizhevsky 2009. */
    @TypeName("cifar-10")
    @Doc("32x32x3 photographs.")
    public record Cifar10() implements PublishedDataset {}

    /** Clanuwat et al. 2018. */
    @TypeName("kmnist")
    @Doc("28x28x1 handwritten Japanese syllables.")
    public record Kmnist() implements PublishedDataset {}

    /** Cohen et al. 2017. */
    @TypeName("emnist-letters")
    @Doc("28x28x1 handwritten letters, capital and small ones together.")
    public record EmnistLetters() implements PublishedDataset {}

    /** Cohen et al. 2017. */
    @TypeName("emnist-balanced")
    @Doc("28x28x1 handwritten digits and letters, 47 classes of equal size.")
    public record EmnistBalanced() implements PublishedDataset {}

    /** Netzer et al. 2011. */
    @TypeName("svhn")
    @Doc("32x32x3 house numbers.")
    public record Svhn() implements PublishedDataset {}
}
