import createClient from "openapi-fetch";
import type { Deployment, DeploymentRequest, paths, Target } from "../../src/api/schema";
import { until } from "./until";

const over = ["succeeded", "failed", "rolledBack", "cancelled", "superseded"];

/** The public API with a token, as CI has it. */
export class Api {
  readonly http;

  constructor(url: string, token: string) {
    this.http = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  }

  async deploy(request: DeploymentRequest): Promise<Deployment> {
    return good(
      await this.http.POST("/api/v1/deployments", {
        params: { header: { "Idempotency-Key": crypto.randomUUID() } },
        body: request,
      }),
    ) as Deployment;
  }

  async deployment(id: string): Promise<Deployment> {
    return good(await this.http.GET("/api/v1/deployments/{deployment}", { params: { path: { deployment: id } } }));
  }

  async target(service: string, environment: string): Promise<Target> {
    return good(await this.http.GET("/api/v1/targets/{service}/{environment}", { params: { path: { service, environment } } }));
  }

  /** Deploys and waits for the end, whatever it is. */
  async deployed(request: DeploymentRequest): Promise<Deployment> {
    const { id } = await this.deploy(request);
    return until(`${request.service} ${request.version} in ${request.environment} ends`, async () => {
      const now = await this.deployment(id);
      return over.includes(now.status) && now;
    });
  }

  async environment(name: string, body: { description?: string; confirm?: boolean; order?: number } = {}): Promise<void> {
    good(await this.http.PUT("/api/v1/environments/{environment}", { params: { path: { environment: name } }, body }));
  }
}

/** The answer's data, or an error with the server's own sentence. */
export function good<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data as T;
}
