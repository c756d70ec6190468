using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Chaos.Checking;
using Slipway.Contracts;

namespace Slipway.Chaos.Client;

/// <summary>The HTTP API of any of the servers. It repeats nothing: what an attempt came to is the caller's to judge.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(6) };
    private readonly IReadOnlyList<string> servers;
    private int next;
    private TaskCompletionSource asking = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Api(IReadOnlyList<string> servers, string token)
    {
        this.servers = servers;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Another server each time.</summary>
    private string Server => servers[(int)((uint)Interlocked.Increment(ref next) % servers.Count)];

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation = default)
    {
        using var answer = await http.GetAsync(new Uri($"{Server}/api/v1/{path}"), cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null")
            : throw new HttpRequestException($"GET {path}: {(int)answer.StatusCode} {body}");
    }

    /// <summary>Every page of a list.</summary>
    public async Task<IReadOnlyList<T>> AllAsync<T>(string path, JsonTypeInfo<Page<T>> type, CancellationToken cancellation = default)
    {
        var items = new List<T>();
        var cursor = "";
        do
        {
            var page = await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500{cursor}", type, cancellation);
            items.AddRange(page.Items);
            cursor = page.NextCursor is { } more ? "&cursor=" + more : null;
        }
        while (cursor is not null);
        return items;
    }

    /// <summary>Until somebody asks for something: whoever wants to kill a server in the middle of a request waits for it.</summary>
    public Task NextPostAsync() => asking.Task;

    /// <param name="patience">Given up after this time.</param>
    public async Task<Attempt> PostAsync(string path, string key, string json, TimeSpan? patience = null)
    {
        var at = DateTimeOffset.UtcNow;
        using var giveUp = new CancellationTokenSource(patience ?? Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref asking, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Server}/api/v1/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await http.SendAsync(request, giveUp.Token);
            var body = await answer.Content.ReadAsStringAsync(giveUp.Token);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created
                ? new(at, (int)answer.StatusCode, IdOf(body), null, null)
                : new(at, (int)answer.StatusCode, null, CodeOf(body), null);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return new(at, null, null, null, e is TaskCanceledException ? "no answer in time" : e.GetBaseException().Message);
        }
    }

    public void Dispose() => http.Dispose();

    private static string? IdOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractsJson.Default.Deployment)?.Id.Value;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? CodeOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ContractsJson.Default.ApiProblem)?.Code;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
