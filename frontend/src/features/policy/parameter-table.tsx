import type { Answer } from '@/api/types';
import { FactList } from '@/shared/ui/fact-list';

import { groupsOf, parameterText, sourceText, type Definition } from './parameter';
import styles from './parameter-table.module.css';

type Parameters = Answer<'/policies/{id}', 'get'>['parameters'];

interface Props {
  definitions: readonly Definition[];
  parameters: Parameters;
}

/** All parameters of a version, by group, each with the source of its default. */
export function ParameterTable({ definitions, parameters }: Props) {
  return (
    <div className={styles.groups}>
      {groupsOf(definitions).map((group) => (
        <section key={group.name}>
          <h2 className={styles.head}>{group.name}</h2>
          <FactList
            columns={2}
            facts={group.definitions.map((definition) => ({
              label: definition.label,
              value: (
                <span>
                  <span className="num">
                    {parameterText(definition, parameters[definition.key as keyof Parameters])}
                  </span>
                  <span className={styles.source}>{sourceText(definition.source)}</span>
                </span>
              ),
            }))}
          />
        </section>
      ))}
    </div>
  );
}
