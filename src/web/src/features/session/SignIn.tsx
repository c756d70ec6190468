import { Alert, Box, Button, Center, Code, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Problem } from "~/api/problem";
import { Card } from "~/ui/Card";
import { Logo } from "~/ui/Logo";
import { useSignIn } from "./queries";

const route = getRouteApi("/sign-in");

export function SignIn() {
  useDocumentTitle("Sign in · Slipway");
  const { to } = route.useSearch();
  const [token, setToken] = useState("");
  const signIn = useSignIn();
  const navigate = useNavigate();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(token.trim(), { onSuccess: () => navigate({ href: inside(to) }) });
  };

  return (
    <Center mih="100dvh" p="md" component="main" id="main">
      <Box w="100%" maw={420}>
        <Stack gap="lg">
          <Group gap="sm" justify="center">
            <Logo size={36} />
            <Title order={1}>Slipway</Title>
          </Group>
          <Card label="Sign in">
            <form onSubmit={submit}>
              <Stack gap="md">
                <PasswordInput
                  label="Token"
                  description="The first one stands in what the server printed at its first start."
                  placeholder="slp_…"
                  value={token}
                  onChange={(event) => setToken(event.currentTarget.value)}
                  autoComplete="current-password"
                  data-autofocus
                  required
                />
                {signIn.isError && (
                  <Alert color="red" variant="light" role="alert">
                    {Problem.of(signIn.error).message}
                  </Alert>
                )}
                <Button type="submit" loading={signIn.isPending} disabled={token.trim() === ""} fullWidth>
                  Sign in
                </Button>
              </Stack>
            </form>
          </Card>
          <Text size="sm" c="dimmed" ta="center">
            Lost it? On the server's machine: <Code>slipway-server token create --name NAME</Code>
          </Text>
        </Stack>
      </Box>
    </Center>
  );
}

/** Only addresses of this interface: never a way to somewhere else. */
function inside(to: string | undefined): string {
  return to?.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") ? to : "/";
}
