using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>Gate's calls that Slipway needs, each once: the address, and what its answer means. Retries and limits are its caller's.</summary>
/// <remarks>After the controllers of spinnaker/spinnaker (August 2026). A 200 proves little there: what matters is read back.</remarks>
internal sealed class GateClient(HttpClient http, string installation)
{
    public Task<JsonElement?> HealthAsync(CancellationToken cancellation) => GetAsync("health", cancellation);

    public async Task<string?> VersionAsync(CancellationToken cancellation) => (await GetAsync("version", cancellation)).Text("version");

    /// <summary>Who Gate takes us for. Null: nobody is signed in.</summary>
    public async Task<string?> UserAsync(CancellationToken cancellation) => (await GetAsync("auth/user", cancellation)).Text("username");

    public async Task<IReadOnlyList<string>> ApplicationsAsync(CancellationToken cancellation) =>
        [.. (await GetAsync("applications", cancellation)).Items().Select(application => application.Text("name") ?? "")];

    /// <summary>Null: there is none.</summary>
    public Task<JsonElement?> ApplicationAsync(string application, CancellationToken cancellation) =>
        FindAsync($"applications/{Segment(application)}?expand=false", cancellation);

    /// <summary>A pipeline's configuration by its name. Null: there is none.</summary>
    public async Task<JsonElement?> PipelineAsync(string application, string name, CancellationToken cancellation) =>
        (await GetAsync($"applications/{Segment(application)}/pipelineConfigs", cancellation)).Items()
            .Where(config => config.Text("name") == name)
            .Select(config => (JsonElement?)config)
            .FirstOrDefault();

    /// <summary>Stores a configuration; Gate follows the task for up to 32 s. The new id has to be read back.</summary>
    public Task SavePipelineAsync(JsonObject config, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "pipelines?staleCheck=true", config, cancellation);

    /// <summary>Starts a pipeline by its id. Answers the execution's id.</summary>
    public async Task<string> StartAsync(string application, string pipelineId, JsonObject trigger, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Post, $"pipelines/{Segment(application)}/{Segment(pipelineId)}", trigger, cancellation);
        return answer.Text("ref")?.Split('/')[^1] ?? throw Broken("started a pipeline without saying which execution it is");
    }

    /// <summary>Null: Spinnaker does not know it, or not yet.</summary>
    public async Task<Execution?> ExecutionAsync(string id, CancellationToken cancellation) =>
        await FindAsync($"pipelines/{Segment(id)}", cancellation) is { } json ? new Execution(json) : null;

    /// <summary>Several at once, without what is in their stages: cheap.</summary>
    public async Task<IReadOnlyList<Execution>> ExecutionsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        [.. (await GetAsync($"executions?executionIds={string.Join(',', ids.Select(Segment))}&expand=false", cancellation)).Items().Select(json => new Execution(json))];

    /// <summary>The newest executions of a pipeline, or those whose trigger has these values.</summary>
    public async Task<IReadOnlyList<Execution>> SearchAsync(string application, string? pipelineName, JsonObject? trigger, int size, CancellationToken cancellation)
    {
        var query = new StringBuilder($"applications/{Segment(application)}/executions/search?size={size}&expand=false");
        if (pipelineName is not null)
            query.Append("&pipelineName=").Append(Segment(pipelineName));

        if (trigger is not null)
            query.Append("&trigger=").Append(Segment(Convert.ToBase64String(Encoding.UTF8.GetBytes(trigger.ToJsonString()))));

        return [.. (await GetAsync(query.ToString(), cancellation)).Items().Select(json => new Execution(json))];
    }

    public Task CancelAsync(string id, string reason, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, $"pipelines/{Segment(id)}/cancel?reason={Segment(reason)}", null, cancellation);

    public Task PauseAsync(string id, CancellationToken cancellation) => SendAsync(HttpMethod.Put, $"pipelines/{Segment(id)}/pause", null, cancellation);

    public Task ResumeAsync(string id, CancellationToken cancellation) => SendAsync(HttpMethod.Put, $"pipelines/{Segment(id)}/resume", null, cancellation);

    public Task PatchStageAsync(string id, string stage, JsonObject context, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, $"pipelines/{Segment(id)}/stages/{Segment(stage)}", context, cancellation);

    /// <summary>Starts an operation. Answers the task's id.</summary>
    public async Task<string> StartTaskAsync(JsonObject task, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Post, "tasks", task, cancellation);
        return answer.Text("ref")?.Split('/')[^1] ?? throw Broken("started a task without saying which it is");
    }

    public async Task<OrcaTask?> TaskAsync(string id, CancellationToken cancellation) =>
        await FindAsync($"tasks/{Segment(id)}", cancellation) is { } json ? new OrcaTask(json) : null;

    public async Task<IReadOnlyList<OrcaTask>> TasksAsync(string application, int limit, CancellationToken cancellation) =>
        [.. (await GetAsync($"applications/{Segment(application)}/tasks?limit={limit}", cancellation)).Items().Select(json => new OrcaTask(json))];

    /// <summary>What runs of some clusters of an account; Clouddriver's cache may be half a minute old.</summary>
    public async Task<IReadOnlyList<ServerGroup>> ServerGroupsAsync(string application, IEnumerable<(string Account, string Cluster)> clusters, CancellationToken cancellation)
    {
        var names = string.Join(',', clusters.Select(cluster => $"{cluster.Account}:{cluster.Cluster}"));
        var answer = await FindAsync($"applications/{Segment(application)}/serverGroups?expand=false&clusters={Segment(names)}", cancellation);
        return [.. answer.Items().Select(json => new ServerGroup(json))];
    }

    /// <summary>With its image, which the list does not tell. Null: it is gone.</summary>
    public async Task<ServerGroup?> ServerGroupAsync(string application, ServerGroup group, CancellationToken cancellation) =>
        await FindAsync($"applications/{Segment(application)}/serverGroups/{Segment(group.Account)}/{Segment(group.Region)}/{Segment(group.Name)}?includeDetails=true", cancellation) is { } json
            ? new ServerGroup(json)
            : null;

    private async Task<JsonElement?> FindAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(path, cancellation);
        }
        catch (GateException e) when (e.Trouble == GateTrouble.NotFound)
        {
            return null;
        }
    }

    private Task<JsonElement?> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    private async Task<JsonElement?> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-SPINNAKER-REQUEST-ID", Guid.NewGuid().ToString());
        if (body is not null || method == HttpMethod.Put)
            request.Content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/json");

        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? Parse(text) : throw Trouble(response.StatusCode, text);
        }
        catch (HttpRequestException e)
        {
            throw new GateException(GateTrouble.Unreachable, $"{installation} does not answer: {(e.InnerException ?? e).Message.TrimEnd('.')}.", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new GateException(GateTrouble.Unreachable, $"{installation} does not answer within {http.Timeout.TotalSeconds:0} s.", e);
        }
    }

    private JsonElement? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new GateException(GateTrouble.Broken, $"{installation} answered something that is not its JSON ({Beginning(text)}).", e);
        }
    }

    private GateException Trouble(HttpStatusCode status, string text)
    {
        var said = Message(text);
        return (int)status switch
        {
            >= 300 and < 400 or 401 => new(GateTrouble.NotSignedIn, $"{installation} does not take the credentials of the connection."),
            403 => new(GateTrouble.Forbidden, $"{installation} refuses: {said ?? "access is denied"}. The account of the connection lacks a right there."),
            404 => new(GateTrouble.NotFound, $"{installation} does not know that: {said ?? "not found"}."),
            >= 400 and < 500 and not (408 or 429) => new(GateTrouble.Refused, $"{installation} refuses: {said ?? $"status {(int)status}"}"),
            _ => new(GateTrouble.Broken, $"{installation} is in trouble (status {(int)status}{(said is null ? "" : $": {said}")})."),
        };
    }

    private GateException Broken(string what) => new(GateTrouble.Broken, $"{installation} {what}.");

    private static string? Message(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Text("message") ?? document.RootElement.Text("detail") ?? document.RootElement.Text("error");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Beginning(string text) => text.Trim() is { Length: > 40 } longer ? longer[..40] + "…" : text.Trim();

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
