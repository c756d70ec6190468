import { Alert, Button, Group, Modal, MultiSelect, Radio, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { idempotencyKey } from "~/api/client";
import { Problem } from "~/api/problem";
import type { Scope, TokenCreated } from "~/api/schema";
import { allEnvironments } from "~/features/environments/queries";
import { allServices } from "~/features/services/queries";
import { Command } from "~/ui/Command";
import { useFocusAtFirst } from "~/ui/focus";
import { When } from "~/ui/When";
import { useCreateToken } from "./queries";
import { canBeLimited, scopes } from "./scopes";

const lives = [
  { value: "7d", label: "a week" },
  { value: "30d", label: "30 days" },
  { value: "90d", label: "90 days" },
  { value: "180d", label: "180 days" },
  { value: "365d", label: "a year" },
];

export function CreateTokenDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [made, setMade] = useState<TokenCreated>();
  const leave = () => {
    close();
    setMade(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={made ? `The token ${made.token.name}` : "Make a token"}
      size="lg"
      // The secret is shown once: neither a click beside it nor a key takes it away.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {made ? <Secret made={made} close={leave} /> : <TokenForm made={setMade} close={leave} />}
    </Modal>
  );
}

function TokenForm({ made, close }: { made: (token: TokenCreated) => void; close: () => void }) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("deploy");
  const [services, setServices] = useState<string[]>([]);
  const [environments, setEnvironments] = useState<string[]>([]);
  const [expiresIn, setExpiresIn] = useState("90d");
  const [key] = useState(idempotencyKey);
  const create = useCreateToken();
  const limits = canBeLimited(scope);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      {
        key,
        name: name.trim(),
        scope,
        expiresIn,
        services: limits.services && services.length > 0 ? services : undefined,
        environments: limits.environments && environments.length > 0 ? environments : undefined,
      },
      { onSuccess: made },
    );
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Who or what uses it. It stands in the record of everything the token does."
          placeholder="ci-checkout"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          required
          data-autofocus
        />
        <Scopes scope={scope} change={setScope} />
        <Limits
          limits={limits}
          services={services}
          setServices={setServices}
          environments={environments}
          setEnvironments={setEnvironments}
        />
        <Select
          label="Valid for"
          data={lives}
          value={expiresIn}
          onChange={(next) => setExpiresIn(next ?? "90d")}
          allowDeselect={false}
        />
        {create.isError && (
          <Alert color="red" variant="light" role="alert">
            {Problem.of(create.error).message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
            Make the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Scopes({ scope, change }: { scope: Scope; change: (scope: Scope) => void }) {
  return (
    <Radio.Group
      label="Scope"
      description="What it may do; each includes the ones before it."
      value={scope}
      onChange={(next) => change(next as Scope)}
    >
      <Stack gap="xs" mt="xs">
        {Object.entries(scopes).map(([value, { title, may, for: whom }]) => (
          <Radio key={value} value={value} label={title} description={`${may} ${whom}.`} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

type LimitsProps = {
  limits: { services: boolean; environments: boolean };
  services: string[];
  setServices: (next: string[]) => void;
  environments: string[];
  setEnvironments: (next: string[]) => void;
};

function Limits({ limits, services, setServices, environments, setEnvironments }: LimitsProps) {
  const known = useQuery(allServices).data ?? [];
  const places = useQuery(allEnvironments).data ?? [];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <MultiSelect
        label="Only these services"
        description={limits.services ? "It may read all." : "For publish and deploy."}
        placeholder={services.length === 0 ? "all" : undefined}
        data={known.map((service) => service.name)}
        value={limits.services ? services : []}
        onChange={setServices}
        disabled={!limits.services}
        searchable
        clearable
      />
      <MultiSelect
        label="Only to these environments"
        description={limits.environments ? "It may read all." : "For deploy."}
        placeholder={environments.length === 0 ? "all" : undefined}
        data={places.map((environment) => environment.name)}
        value={limits.environments ? environments : []}
        onChange={setEnvironments}
        disabled={!limits.environments}
        searchable
        clearable
      />
    </SimpleGrid>
  );
}

function Secret({ made, close }: { made: TokenCreated; close: () => void }) {
  const shown = useFocusAtFirst<HTMLDivElement>();
  return (
    <Stack gap="md" ref={shown} tabIndex={-1} style={{ outline: "none" }}>
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={20} />} role="status">
        This is shown once. Only a hash is kept: whoever loses it needs a new token.
      </Alert>
      <Command label="Copy the token">{made.secret}</Command>
      <Text size="sm" c="dimmed">
        A person signs in here with it, or with <b>slipway login</b> in a terminal. CI gives it as the secret variable
        SLIPWAY_TOKEN.{" "}
        {made.token.expiresAt && (
          <>
            It ends <When at={made.token.expiresAt} />.
          </>
        )}
      </Text>
      <Group justify="flex-end">
        <Button onClick={close}>I have kept it</Button>
      </Group>
    </Stack>
  );
}
