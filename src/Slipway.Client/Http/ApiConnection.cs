using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Slipway.Client.Http;

/// <summary>Sends requests, repeats what may be repeated, turns refusals and silence into exceptions.</summary>
internal sealed class ApiConnection(SlipwayClientOptions options) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker transport = HttpTransport.Create(options);
    private readonly Uri root = new(options.Server.ToString().TrimEnd('/') + "/api/v1/");

    public SlipwayClientOptions Options => options;

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        CallAsync(() => Request(HttpMethod.Get, path), type, cancellation);

    public Task<TAnswer> PutAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellation) =>
        CallAsync(() => Request(HttpMethod.Put, path, JsonBody(body, bodyType)), type, cancellation);

    public async Task DeleteAsync(string path, CancellationToken cancellation) =>
        (await SendAsync(() => Request(HttpMethod.Delete, path), HttpCompletionOption.ResponseContentRead, cancellation)).Dispose();

    /// <summary>A POST that creates or acts: one Idempotency-Key for all its attempts, so that a repeated one finds the first one's effect.</summary>
    public Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellation)
    {
        var key = Guid.NewGuid().ToString("N");
        return CallAsync(
            () =>
            {
                var request = Request(HttpMethod.Post, path, JsonBody(body, bodyType));
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            type,
            cancellation);
    }

    public async Task<T> CallAsync<T>(Func<HttpRequestMessage> make, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await SendAsync(make, HttpCompletionOption.ResponseContentRead, cancellation);
        return await Answers.ReadAsync(response, type, cancellation);
    }

    /// <summary>Repeats on failed connections, 502 and 503. The answer is a success, or this throws.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = attempt >= options.RetryAfter.Count;
            try
            {
                var response = await SendOnceAsync(make(), completion, cancellation);
                if (response.IsSuccessStatusCode)
                    return response;

                using (response)
                {
                    if (last || response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable))
                        throw new ApiException(await Answers.ReadProblemAsync(response, cancellation));
                }
            }
            catch (ServerUnreachableException e) when (!last && !e.CertificateRefused)
            {
            }

            await Task.Delay(options.RetryAfter[attempt], options.Time, cancellation);
        }
    }

    /// <summary>One attempt, whatever the answer's status.</summary>
    public Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellation) =>
        SendOnceAsync(request, completion, options.Timeout, cancellation);

    /// <summary>One attempt with a body that may take long to send.</summary>
    public Task<HttpResponseMessage> SendBodyAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        SendOnceAsync(request, HttpCompletionOption.ResponseContentRead, Timeout.InfiniteTimeSpan, cancellation);

    private async Task<HttpResponseMessage> SendOnceAsync(
        HttpRequestMessage request, HttpCompletionOption completion, TimeSpan limit, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(limit, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using (request)
            {
                var response = await transport.SendAsync(request, either.Token);
                if (completion == HttpCompletionOption.ResponseContentRead)
                    await response.Content.LoadIntoBufferAsync(either.Token);
                return response;
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && Silence.Explain(options.Server, e) is { } silence)
        {
            throw silence;
        }
    }

    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri(root, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", options.Product);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (options.Token is { } token)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return request;
    }

    public void Dispose() => transport.Dispose();

    private static ByteArrayContent JsonBody<T>(T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = Json;
        return content;
    }
}
