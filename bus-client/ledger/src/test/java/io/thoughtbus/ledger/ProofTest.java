package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The leaves and roots of the Certificate Transparency project's tests. */
    private static final List<Hash> PUBLISHED = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(entry -> Hash.leaf(HEX.parseHex(entry)))
            .toList();

    private static final List<String> PUBLISHED_ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseThatArePublished() {
        for (int size = 0; size <= PUBLISHED.size(); size++) {
            Hash published = Hash.of(HEX.parseHex(PUBLISHED_ROOTS.get(size)));

            assertThat(Trees.root(PUBLISHED.subList(0, size))).isEqualTo(published);
            assertThat(grown(PUBLISHED.subList(0, size)).root()).isEqualTo(published);
        }
    }

    @Test
    void rootsAndProofsAreThoseOfTheDefinitionAtEverySize() {
        List<Hash> leaves = Trees.leaves(70);
        NodeSource nodes = Trees.nodes(leaves);

        for (int size = 1; size <= leaves.size(); size++) {
            List<Hash> tree = leaves.subList(0, size);
            Hash root = Trees.root(tree);
            assertThat(Proof.root(size, nodes)).isEqualTo(root);
            for (int leaf = 0; leaf < size; leaf++) {
                List<Hash> path = Proof.inclusion(leaf, size, nodes);
                assertThat(path).isEqualTo(Trees.path(leaf, tree));
                assertThat(Proof.verifyInclusion(tree.get(leaf), leaf, size, path, root))
                        .isTrue();
            }
            for (int from = 1; from < size; from++) {
                List<Hash> proof = Proof.consistency(from, size, nodes);
                assertThat(proof).isEqualTo(Trees.subproof(from, tree, true));
                assertThat(Proof.verifyConsistency(from, size, proof, Trees.root(tree.subList(0, from)), root))
                        .isTrue();
            }
        }
    }

    @Test
    void largeTreesAgreeWithTheDefinitionToo() {
        List<Hash> leaves = Trees.leaves(70_000);
        NodeSource nodes = Trees.nodes(leaves);
        Random random = new Random(7);

        for (int i = 0; i < 20; i++) {
            int size = 1 + random.nextInt(leaves.size());
            int leaf = random.nextInt(size);
            List<Hash> tree = leaves.subList(0, size);

            assertThat(Proof.root(size, nodes)).isEqualTo(Trees.root(tree));
            assertThat(Proof.inclusion(leaf, size, nodes)).isEqualTo(Trees.path(leaf, tree));
            assertThat(Proof.consistency(leaf + 1, size, nodes)).isEqualTo(Trees.subproof(leaf + 1, tree, true));
        }
    }

    @Test
    void noProofHoldsForAnythingElse() {
        List<Hash> leaves = Trees.leaves(21);
        NodeSource nodes = Trees.nodes(leaves);
        Hash root = Trees.root(leaves);
        Hash older = Trees.root(leaves.subList(0, 13));

        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            List<Hash> path = Proof.inclusion(leaf, 21, nodes);
            for (int other = 0; other < leaves.size(); other++) {
                assertThat(Proof.verifyInclusion(leaves.get(leaf), other, 21, path, root))
                        .isEqualTo(other == leaf);
            }
            mutated(path)
                    .forEach(wrong -> assertThat(Proof.verifyInclusion(leaves.get(0), 0, 21, wrong, root))
                            .isFalse());
        }
        mutated(Proof.consistency(13, 21, nodes))
                .forEach(wrong -> assertThat(Proof.verifyConsistency(13, 21, wrong, older, root))
                        .isFalse());
    }

    @Test
    void aTreeGoesOnFromItsPeaks() {
        List<Hash> leaves = Trees.leaves(300);
        GrowingTree whole = grown(leaves);
        GrowingTree half = grown(leaves.subList(0, 77));

        GrowingTree rest = GrowingTree.of(half.size(), half.peaks());
        leaves.subList(77, 300).forEach(rest::append);

        assertThat(rest.root()).isEqualTo(whole.root()).isEqualTo(Trees.root(leaves));
    }

    private static GrowingTree grown(List<Hash> leaves) {
        GrowingTree tree = GrowingTree.empty();
        leaves.forEach(tree::append);
        return tree;
    }

    private static Stream<List<Hash>> mutated(List<Hash> proof) {
        List<List<Hash>> wrong = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> other = new ArrayList<>(proof);
            other.set(i, Hash.EMPTY);
            wrong.add(other);
            List<Hash> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            wrong.add(shorter);
        }
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(Hash.EMPTY);
        wrong.add(longer);
        return wrong.stream();
    }
}
