"""Unions, as rows."""

from sqlmodel import Field, SQLModel


class Union(SQLModel, table=True):
    """One union, co-building unit or administrative level; a node of one of the two trees."""

    __tablename__ = "union_node"

    id: int | None = Field(default=None, primary_key=True)
    tree: str
    """territory or industry: `hub.unions.trees.Tree`."""
    level: str
    """province, city, district, industry or co_builder: `hub.unions.trees.Level`."""
    name: str = Field(max_length=120)
    name_en: str = Field(default="", max_length=120)
    parent: int | None = Field(default=None, foreign_key="union_node.id", index=True)
    """None: a root of its tree."""
    path: str = Field(default="", index=True, max_length=200)
    """The ids from the root to this node, each followed by a slash: `1/5/9/`. A subtree is a prefix."""
