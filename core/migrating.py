"""Migrations of many tables at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Operations whose models are rendered once before and once after them, not once for each.

    Every operation on a table makes Django build anew all models that hang on it, which are nearly all of them; four
    hundred operations took minutes. Here a new table is made as it stands after all of them, so what is added to it
    later in the list is part of it already. The list holds operations on the schema alone, no SQL and no Python.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (type(self).__name__, [], {"operations": self.operations})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # the rendered models; they are built again when they are asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def _is_part_of_new(self, operation: Operation) -> bool:
        """Does the table that it changes come into being here?"""
        new = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        parts = (AddField, AddConstraint, AddIndex)
        return isinstance(operation, parts) and operation.model_name.lower() in new

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            if not self._is_part_of_new(operation):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in reversed(self.operations):
            goes_with_its_table = isinstance(operation, AddTrigger) and (
                (app_label, operation.model_name.lower()) not in to_state.models
            )
            if not self._is_part_of_new(operation) and not goes_with_its_table:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations on the schema together"
