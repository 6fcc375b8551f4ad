package org.hpo4j.space;

/** A node of a search space's tree: a parameter, or a choice between branches. */
public sealed interface SpaceNode permits Parameter, OneOf {}
