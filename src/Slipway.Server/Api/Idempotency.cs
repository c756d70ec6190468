using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Slipway.Server.Access;

namespace Slipway.Server.Api;

/// <summary>
/// A POST marked <see cref="Idempotent"/> that comes with an <c>Idempotency-Key</c> is done once: the same request again gets the first one's answer.
/// <para>
/// The key is claimed in the database, the request is done, the answer is stored, and only then sent. Only successes are kept; a refused request changed
/// nothing and is judged anew. A process that dies between the effect and storing leaves a bare claim: the repeated request takes it over and runs
/// <b>again</b>. So whatever is marked must be safe to run again after its effect: publishing the same content answers the same, applying the same
/// definition changes nothing, and what would make a second thing (a deployment) takes its id from <see cref="Seed"/>, which is the same for the
/// repeated request, and finds the first. A token made twice that way has no finder: nobody was told the first one's secret.
/// </para>
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyStore store)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int LongestKey = 200;

    private readonly ConcurrentDictionary<(string Actor, string Key), bool> underWay = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var value)
            || context.GetEndpoint()?.Metadata.GetMetadata<Idempotent>() is null
            || Caller.Of(context.User) is not { } caller)
        {
            await next(context);
            return;
        }

        var key = value.ToString();
        if (key.Length is 0 or > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            await Refuse(context, Refusal.Invalid(Header, $"An Idempotency-Key is 1 to {LongestKey} printable characters without spaces, for example a UUID."));
            return;
        }

        if (!underWay.TryAdd((caller.TokenId, key), true))
        {
            await Refuse(context, IdempotencyStore.InProgress);
            return;
        }

        try
        {
            await DoOnceAsync(context, caller.TokenId, key);
        }
        finally
        {
            underWay.TryRemove((caller.TokenId, key), out _);
        }
    }

    /// <summary>The same 32 bytes for every run of the same request with the same key; null without a key. Ids made of them find what a run that died has made.</summary>
    public static byte[]? Seed(HttpContext context) => context.Items[typeof(Idempotency)] as byte[];

    private async Task DoOnceAsync(HttpContext context, string actor, string key)
    {
        var request = await HashAsync(context.Request, context.RequestAborted);
        if (!(await store.ClaimAsync(actor, key, request, context.RequestAborted)).Is(out var claim, out var refusal))
        {
            await Refuse(context, refusal);
            return;
        }

        if (claim.Answer is { } answer)
        {
            context.Response.Headers[ReplayedHeader] = "true";
            await answer.SendAsync(context);
            return;
        }

        context.Items[typeof(Idempotency)] = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{actor}\n{key}\n"), .. request]);
        await RunAsync(context, actor, key);
    }

    private async Task RunAsync(HttpContext context, string actor, string key)
    {
        var original = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;

        // Once claimed it is done whether or not somebody still listens. The framework ends the writing of an answer silently when nobody does:
        // a success without its body would be stored, and be the answer to every repetition.
        var listening = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        var stored = false;
        try
        {
            await next(context);
            if (context.Response.StatusCode is >= 200 and < 300)
                stored = await store.StoreAsync(actor, key, new(context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location, Encoding.UTF8.GetString(body.ToArray())));
        }
        finally
        {
            context.Response.Body = original;
            context.RequestAborted = listening;
            if (!stored)
                await store.ReleaseAsync(actor, key);
        }

        body.Position = 0;
        await body.CopyToAsync(original, context.RequestAborted);
    }

    /// <summary>Also rewinds the body for whoever reads it next; it is bounded by the ordinary limit of bodies.</summary>
    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellation)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
            hash.AppendData(buffer, 0, read);

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private static Task Refuse(HttpContext context, Refusal refusal) => refusal.ToResult().ExecuteAsync(context);
}
