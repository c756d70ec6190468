import { Table, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Rows.module.css";

export type Column<T> = {
  title: string;
  cell: (item: T) => ReactNode;
  /** `heading`: what the row is about. `numeric`: stands at the right. `actions`: what can be done with it; the title is only spoken. */
  kind?: "heading" | "numeric" | "actions";
};

type RowsProps<T> = { label: string; columns: readonly Column<T>[]; items: readonly T[]; id: (item: T) => string };

/** A table that needs no sideways scrolling: in a narrow card each row is stacked. The roles stay when the boxes are no table any more. */
export function Rows<T>({ label, columns, items, id }: RowsProps<T>) {
  return (
    <div className={classes.frame}>
      <Table horizontalSpacing="md" className={classes.table} aria-label={label} role="table">
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map(({ title, kind }) => (
              <Table.Th key={title} role="columnheader" {...marked(kind)}>
                {kind === "actions" ? <VisuallyHidden>{title}</VisuallyHidden> : title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {items.map((item) => (
            <Table.Tr key={id(item)} role="row">
              {columns.map((column) => (
                <Cell key={column.title} {...column}>
                  {column.cell(item)}
                </Cell>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type CellProps = { title: string; kind?: Column<unknown>["kind"]; children: ReactNode };

// One box around what a cell holds, so that beside its title it stays together.
function Cell({ title, kind, children }: CellProps) {
  if (kind === "heading")
    return (
      <Table.Th scope="row" role="rowheader" {...marked(kind)}>
        {children}
      </Table.Th>
    );
  return (
    <Table.Td role="cell" data-title={title} {...marked(kind)}>
      <div>{children}</div>
    </Table.Td>
  );
}

function marked(kind: Column<unknown>["kind"]) {
  return kind ? { [`data-${kind}`]: true } : {};
}
