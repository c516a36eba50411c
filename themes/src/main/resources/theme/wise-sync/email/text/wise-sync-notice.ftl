<#ftl output_format="plainText">
<#import "/greeting.ftl" as greeting>
${greeting.hello()}

${msg("wiseSyncNotice." + notice, properties.brandName, (user.username)!"")}

${msg("wiseSyncNotice." + notice + ".notYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
